//! No core dumps: the token would be in them.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Has the system write no memory of this process to a file when it crashes.
pub(crate) fn switch_off() {
    // Whoever has a limit may lower it. Were that refused, the command would still be as safe as others.
    let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
}
