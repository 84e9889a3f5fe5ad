//! The maintainers' tasks, one a module. `tests/` calls the same functions, so that plain `cargo test` finds what
//! `cargo xtask` would.

pub mod bench;
pub mod codegen;
pub mod compatibility;
pub mod conformance;
pub mod dist;
mod figures;
mod folders;
mod foreign;
pub mod languages;
pub mod lint_document;
mod process;
pub mod public_api;
mod simulator;
pub mod torture;
pub mod workspace;
