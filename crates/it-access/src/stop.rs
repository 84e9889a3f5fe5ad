//! Stopping a run from outside.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use tokio::{select, sync::Notify};

/// Stops a run: what is on its way is waited for, and nothing more is sent.
///
/// Its clones stop the same runs. Dropping it stops nothing.
#[derive(Debug, Clone, Default)]
pub struct StopHandle(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    is_stopped: AtomicBool,
    changed: Notify,
    parent: Option<StopHandle>,
}

impl StopHandle {
    /// Stops the run, also if it waits for the quota or to repeat a request.
    pub fn stop(&self) {
        self.0.is_stopped.store(true, Ordering::Release);
        self.0.changed.notify_waiters();
    }

    /// Whether the run is stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.0.is_stopped.load(Ordering::Acquire)
            || self.0.parent.as_ref().is_some_and(Self::is_stopped)
    }

    /// A handle that is stopped with this one, and can be stopped by itself.
    pub(crate) fn child(&self) -> Self {
        Self(Arc::new(Shared { parent: Some(self.clone()), ..Shared::default() }))
    }

    /// Returns once the run is stopped.
    pub(crate) async fn stopped(&self) {
        let changed = self.0.changed.notified();
        if self.is_stopped() {
            return;
        }
        match &self.0.parent {
            None => changed.await,
            Some(parent) => select! {
                () = changed => {}
                () = Box::pin(parent.stopped()) => {}
            },
        }
    }
}
