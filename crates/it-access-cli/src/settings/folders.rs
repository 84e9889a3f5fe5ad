//! Where files lie on this system: by the XDG rules, or on Windows by its own.

use std::path::PathBuf;

use anyhow::Context;
use etcetera::{BaseStrategy, choose_base_strategy};

const NAME: &str = "it-access";

/// Where the file of the settings is, unless one is named.
pub(super) fn config_file() -> anyhow::Result<PathBuf> {
    Ok(base()?.config_dir().join(NAME).join("config.toml"))
}

/// Where jobs and the shared quota are kept, unless another folder is named.
pub(super) fn state() -> anyhow::Result<PathBuf> {
    let base = base()?;
    Ok(base.state_dir().unwrap_or_else(|| base.data_dir()).join(NAME))
}

fn base() -> anyhow::Result<impl BaseStrategy> {
    choose_base_strategy().context("this user has no home folder; set HOME")
}
