//! Whether colours are wanted.

use std::env;

/// Whether colours may be used at a terminal: not where `NO_COLOR` is set to anything but nothing.
pub(crate) fn is_allowed() -> bool {
    env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
