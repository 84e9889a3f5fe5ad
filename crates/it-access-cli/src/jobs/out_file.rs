//! The file that a command is told to write.

use std::{fs, path::Path};

use anyhow::bail;

use crate::failure::Failure;

/// Refuses what is there and is no plain file: in the place of a device or a link, a file would be in everybody's way.
pub(super) fn refuse_other_than_a_file(path: &Path) -> Result<(), Failure> {
    let check = || match fs::symlink_metadata(path) {
        Ok(there) if !there.is_file() => {
            bail!("{}: it is there already, and no plain file; name another", path.display())
        }
        _ => Ok(()),
    };
    check().map_err(Failure::usage)
}
