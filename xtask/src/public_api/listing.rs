//! Listings of public items, made from what rustdoc says of a library.

use std::{collections::HashSet, fs, path::Path};

use anyhow::{Context, ensure};
use public_api::{Builder, PublicItem};
use serde_json::Value;

use crate::{codegen::Derived, process::output_of, workspace::cargo};

/// The format of rustdoc's JSON that the crate `public-api`, in the version we use, can read: that of `TOOLCHAIN`.
const FORMAT: u64 = 57;
const TOOLCHAIN: &str = "1.95";

/// All features that add to what is public. The others of the libraries choose a TLS library, or generate the client anew.
const FEATURES: &str =
    "it-access/schemars,it-access-api/schemars,it-access-jobs/redis,it-access-runtime/schemars";

/// Traits that a type has or lacks by what it is made of, and that nobody relies on. `Send` and `Sync` are listed.
const UNPROMISED: [&str; 5] = [
    "core::marker::Freeze",
    "core::marker::Unpin",
    "core::marker::UnsafeUnpin",
    "core::panic::unwind_safe::RefUnwindSafe",
    "core::panic::unwind_safe::UnwindSafe",
];

/// Lists the public items of each library below `root`, one a line.
///
/// # Errors
///
/// If rustdoc fails, or writes another format.
pub(super) fn of_libraries(root: &Path) -> anyhow::Result<Vec<Derived>> {
    let libraries = libraries(root)?;
    let names: Vec<String> = libraries.iter().map(|library| library.replace('-', "_")).collect();
    let target = root.join("target/public-api");
    output_of(
        cargo()
            .current_dir(root)
            .args(["doc", "--quiet", "--no-deps", "--lib", "--features", FEATURES])
            .args(libraries.iter().flat_map(|library| ["--package", library]))
            .arg("--target-dir")
            .arg(&target)
            .env("RUSTDOCFLAGS", "-Z unstable-options --output-format json")
            // Allows these flags for our crates alone: others must not see a nightly toolchain, and change.
            .env("RUSTC_BOOTSTRAP", names.join(",")),
    )?;
    let list = |(library, name): (&String, &String)| {
        let listing = listing(&target.join(format!("doc/{name}.json")))?;
        Ok(Derived::new(format!("crates/{library}/public-api.txt"), listing))
    };
    libraries.iter().zip(&names).map(list).collect()
}

/// The crates that are libraries.
fn libraries(root: &Path) -> anyhow::Result<Vec<String>> {
    let mut libraries = Vec::new();
    for entry in fs::read_dir(root.join("crates"))? {
        let entry = entry?;
        if entry.path().join("src/lib.rs").exists() {
            libraries.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    libraries.sort();
    Ok(libraries)
}

/// Lists what a file of rustdoc's says.
fn listing(file: &Path) -> anyhow::Result<String> {
    let name = || file.display().to_string();
    let described: Value = serde_json::from_slice(&fs::read(file).with_context(name)?)?;
    let format = described["format_version"].as_u64();
    ensure!(
        format == Some(FORMAT),
        "rustdoc's JSON has format {format:?}, and {FORMAT} is read here, that of Rust {TOOLCHAIN}: run `cargo \
         +{TOOLCHAIN} xtask public-api`"
    );
    let api = Builder::from_rustdoc_json(file).omit_blanket_impls(true).build()?;
    let mut listed = HashSet::new();
    let mut listing = String::new();
    for item in api.items() {
        let line = line(item, &described["index"]);
        let promised = !UNPROMISED.iter().any(|name| line.contains(&format!("{name} for ")));
        // What can be reached by two ways comes twice.
        if promised && listed.insert(line.clone()) {
            listing += &line;
            listing.push('\n');
        }
    }
    Ok(listing)
}

/// An item. What a trait provides is marked, since only the rest asks something of those who implement it.
fn line(item: &PublicItem, index: &Value) -> String {
    let of = |id: u32| &index[id.to_string()]["inner"];
    let in_trait = item.parent_id().is_some_and(|parent| of(parent.0).get("trait").is_some());
    let provided = in_trait && of(item.id().0)["function"]["has_body"] == true;
    format!("{item}{}", if provided { " { … }" } else { "" })
}
