//! What stands for the keyring where the command was built without it.

use std::convert::Infallible;

use anyhow::bail;

/// An entry of the keyring. There is none.
pub(crate) struct Entry(Infallible);

impl Entry {
    pub(crate) fn open(_name: &str) -> anyhow::Result<Self> {
        bail!(
            "this it-access was built without the keyring; build it with `--features keyring`, or \
             keep the secret in a file or a variable"
        )
    }

    pub(crate) fn read(&self) -> anyhow::Result<String> {
        match self.0 {}
    }

    pub(crate) fn write(&self, _secret: &str) -> anyhow::Result<()> {
        match self.0 {}
    }

    pub(crate) fn remove(&self) -> anyhow::Result<()> {
        match self.0 {}
    }
}
