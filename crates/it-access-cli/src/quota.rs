//! The account's quota, opened where the settings say.

use std::{fs, path::Path};

use anyhow::Context;
use it_access::{Client, ClientBuilder};
use it_access_jobs::quota_stores::{AccountKey, RedisQuota, SqliteQuota};

use crate::{failure::Failure, settings::QuotaStore};

/// Makes a client keep to the quota in this store. A store that cannot be used ends the command: it does not go on without.
pub(crate) async fn keep_to(
    client: ClientBuilder,
    store: &QuotaStore,
    base_url: &str,
) -> Result<ClientBuilder, Failure> {
    // The vendor counts by account. Who acts for several accounts of one service names a store for each.
    let account = AccountKey::new(base_url, "");
    let limit = Client::rate_limit();
    let opened = match store {
        QuotaStore::Memory => return Ok(client),
        QuotaStore::Sqlite(file) => make_folder(file)
            .and_then(|()| Ok(SqliteQuota::open(file, &account, limit)?))
            .map(|quota| client.quota(quota)),
        QuotaStore::Redis(address) => {
            let quota = RedisQuota::connect(address.expose(), &account, limit).await;
            quota.map(|quota| client.quota(quota)).map_err(anyhow::Error::new)
        }
    };
    opened.map_err(Failure::nothing_processed)
}

/// Makes the folder of a file, for this user alone.
fn make_folder(file: &Path) -> anyhow::Result<()> {
    let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    let made = builder.create(folder);
    made.with_context(|| format!("the folder of the quota, {}, cannot be made", folder.display()))
}
