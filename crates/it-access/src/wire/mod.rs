//! Between this crate's types and the generated ones: the only place that knows both.

mod answer;
mod in_order;
mod request;

pub(crate) use answer::report;
pub(crate) use request::WireRequest;
