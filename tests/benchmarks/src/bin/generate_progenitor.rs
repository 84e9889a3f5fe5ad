//! What progenitor gives by itself: `generate_progenitor DOCUMENT CLIENT`, from JSON to the text of a module.
//!
//! It does not read security schemes: each client holds the token, and a hook adds it.

use std::{env, fs};

use anyhow::Context;
use mimalloc::MiMalloc;
use progenitor::{GenerationSettings, Generator};
use quote::quote;

/// As the generator that it is held against.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> anyhow::Result<()> {
    let mut words = env::args_os().skip(1);
    let document = words.next().context("no document")?;
    let client = words.next().context("no file for the client")?;
    let document = serde_json::from_str(&fs::read_to_string(document)?)?;
    let mut settings = GenerationSettings::new();
    settings.with_inner_type(quote!(String)).with_pre_hook(quote!(crate::add_token));
    let tokens = Generator::new(&settings).generate_tokens(&document)?;
    fs::write(client, prettyplease::unparse(&syn::parse2(tokens)?))?;
    Ok(())
}
