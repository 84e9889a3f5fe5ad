//! Secrets in the system's keyring, if the command was built with it.

#[cfg(not(feature = "keyring"))]
mod missing;
#[cfg(feature = "keyring")]
mod system;

#[cfg(not(feature = "keyring"))]
pub(crate) use missing::Entry;
#[cfg(feature = "keyring")]
pub(crate) use system::Entry;
