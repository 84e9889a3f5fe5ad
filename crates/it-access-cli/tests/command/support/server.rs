//! The server of bytes, as the tests of the command start and read it.

use integration_tests::RawServer;

pub(crate) use integration_tests::http;

/// A server that answers each connection once, and closes it.
pub(crate) struct Server(RawServer);

impl Server {
    /// Starts a server that answers the requests in turn, and those after the last answer with the last.
    pub(crate) fn answering<const N: usize>(answers: [String; N]) -> Self {
        Self(RawServer::in_turn(answers))
    }

    pub(crate) fn base_url(&self) -> &str {
        self.0.base_url()
    }

    /// What it was sent so far: one whole request each, head and body.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.0.requests().iter().map(|request| request.to_string()).collect()
    }
}
