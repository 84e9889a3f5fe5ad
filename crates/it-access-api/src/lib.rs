#![doc = include_str!("../README.md")]

#[cfg(not(feature = "codegen"))]
#[rustfmt::skip]
#[allow(clippy::all, reason = "generated, for any document")]
mod generated;

#[cfg(feature = "codegen")]
#[allow(clippy::all, reason = "generated, for any document")]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/generated.rs"));
}

pub use generated::*;
