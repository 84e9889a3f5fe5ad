//! `it-access auth`: looking after the credentials.

mod check;
mod keyring;

pub(crate) use check::check;
pub(crate) use keyring::{forget, store};
