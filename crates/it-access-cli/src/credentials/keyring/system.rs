//! The keyring: the Secret Service on Linux, the Keychain on macOS, the Credential Manager on Windows.

use anyhow::{Context, bail};
use keyring::Error;

/// All entries are this program's.
const SERVICE: &str = "it-access";

/// An entry of the keyring, which need not be there.
pub(crate) struct Entry(keyring::Entry);

impl Entry {
    pub(crate) fn open(name: &str) -> anyhow::Result<Self> {
        if let Err(error) = keyring::Entry::store_status() {
            bail!("there is no keyring on this system, or it cannot be reached: {error}");
        }
        keyring::Entry::new(SERVICE, name).map(Self).context("cannot be opened")
    }

    pub(crate) fn read(&self) -> anyhow::Result<String> {
        match self.0.get_password() {
            Err(Error::NoEntry) => {
                bail!("is not there; store the secret by `it-access auth store`")
            }
            read => read.context("cannot be read"),
        }
    }

    pub(crate) fn write(&self, secret: &str) -> anyhow::Result<()> {
        self.0.set_password(secret).context("cannot be written")
    }

    /// Removes it. One that is not there is no mistake.
    pub(crate) fn remove(&self) -> anyhow::Result<()> {
        match self.0.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(error) => Err(error).context("cannot be removed"),
        }
    }
}
