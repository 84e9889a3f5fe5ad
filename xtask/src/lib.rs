//! The maintainers' tasks, one a module. `tests/` calls the same functions, so that plain `cargo test` finds what
//! `cargo xtask` would.

pub mod codegen;
pub mod conformance;
mod foreign;
pub mod languages;
mod process;
