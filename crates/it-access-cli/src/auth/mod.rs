//! `it-access auth`: looking after the credentials.

mod check;

pub(crate) use check::check;
