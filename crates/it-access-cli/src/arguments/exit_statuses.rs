//! What is told of the exit statuses: in the help, and so in the manual.

pub(crate) const LIST: &str = "\
Exit status:
  0  the action was applied to every device
  1  not applied to some device: failed, not supported, or an unknown code
  2  wrong usage; nothing was sent
  3  no device was processed: nothing was sent, or the request was refused
  4  some devices were not processed
  5  unknown or unreported for some device: the action may have been applied;
     or the results could not be written
  Where several hold, the highest. What sends no action, such as `plan` and `report`, ends with
  0 if it is done, 2 after wrong usage, and 3 if it could not be done.";
