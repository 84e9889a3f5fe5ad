//! The OAuth clients of the account.

use std::collections::HashMap;

use crate::call::{Grant, GrantError};
use crate::secret::Secret;

/// Names a client that says of itself that it is simulated.
pub const DEFAULT_CLIENT_ID: &str = "simulated-client";

/// Is the secret of the client that says of itself that it is simulated.
pub const DEFAULT_CLIENT_SECRET: &str = "simulated-client-secret";

/// Client ids, each with its secret.
#[derive(Debug, Default)]
pub(crate) struct Clients(HashMap<String, Secret>);

impl Clients {
    /// Adds a client, in place of one of the same id.
    pub(crate) fn add(&mut self, id: String, secret: Secret) {
        self.0.insert(id, secret);
    }

    pub(crate) fn check(&self, grant: &Grant) -> Result<(), GrantError> {
        let secret = self.0.get(&grant.client_id);
        if secret == Some(&grant.client_secret) { Ok(()) } else { Err(GrantError::Client) }
    }
}
