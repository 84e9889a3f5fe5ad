//! What the crates log.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tracing_subscriber::filter::LevelFilter;

/// Everything that any crate logs in this process.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Takes down what is logged from now on.
    ///
    /// # Panics
    ///
    /// The second time in a process.
    #[must_use]
    pub fn of_all_crates() -> Self {
        let log = Self::default();
        let writer = log.clone();
        tracing_subscriber::fmt()
            .with_max_level(LevelFilter::TRACE)
            .with_ansi(false)
            .with_writer(move || writer.clone())
            .init();
        log
    }

    /// What was logged so far.
    ///
    /// # Panics
    ///
    /// If a crate on the way of a call logged nothing: then it shows nothing that something is not in the log.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for crate_name in ["it_access", "reqwest", "hyper_util"] {
            assert!(text.contains(crate_name), "{crate_name} logged nothing");
        }
        text
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
