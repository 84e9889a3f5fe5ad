//! What a store does.

use super::{StoreError, book::Book};

/// Where a book is kept that several programs share.
///
/// It may block, for seconds if it does not work: a [`Keeper`](super::keeper::Keeper) has a thread for it.
pub(super) trait Store: Send + 'static {
    /// Which store it is, for people: nothing secret.
    fn name(&self) -> &str;

    /// Opens the book at the present time, changes it, and keeps it, with nobody else in between.
    ///
    /// If somebody was in between, it is opened and changed again. Only the last change counts.
    fn change<T>(&mut self, change: impl FnMut(&mut Book) -> T) -> Result<T, StoreError>;

    /// Opens the book at the present time, and keeps nothing.
    fn read<T>(&mut self, read: impl FnOnce(&Book) -> T) -> Result<T, StoreError>;
}
