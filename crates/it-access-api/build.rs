//! With the feature `codegen`: generates the client while building, from the document that `IT_ACCESS_OPENAPI` names.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    #[cfg(feature = "codegen")]
    codegen::run();
}

#[cfg(feature = "codegen")]
mod codegen {
    use std::{env, fs, path::PathBuf, process::exit};

    use it_access_codegen::{Document, Settings, generate_client};

    /// The variable that names another edition of the document.
    const VARIABLE: &str = "IT_ACCESS_OPENAPI";

    /// The document as the generated header names it, relative to the root of the workspace.
    const DOCUMENT: &str = "openapi/device-action-v3.0.yaml";

    #[expect(clippy::print_stderr, reason = "cargo shows what a failed build script says")]
    pub(super) fn run() {
        println!("cargo::rerun-if-env-changed={VARIABLE}");
        if let Err(message) = generate() {
            // Not a panic: its backtrace would bury the message.
            eprintln!("{message}");
            exit(1);
        }
    }

    fn generate() -> Result<(), String> {
        let (path, name) = match env::var_os(VARIABLE) {
            Some(path) => (PathBuf::from(&path), path.to_string_lossy().into_owned()),
            None => (manifest_dir()?.join("../..").join(DOCUMENT), DOCUMENT.to_owned()),
        };
        println!("cargo::rerun-if-changed={}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| {
            format!(
                "{}: {error}; name the document by {VARIABLE}, as an absolute path",
                path.display()
            )
        })?;
        let document = Document::parse(&name, &text).map_err(|problems| problems.to_string())?;
        let settings = Settings::new("cargo xtask codegen", &name).with_schemars("schemars");
        let code =
            generate_client(&document, &settings).map_err(|error| format!("{name}: {error}"))?;
        let out = PathBuf::from(variable("OUT_DIR")?).join("generated.rs");
        fs::write(&out, code).map_err(|error| format!("{}: {error}", out.display()))
    }

    fn manifest_dir() -> Result<PathBuf, String> {
        variable("CARGO_MANIFEST_DIR").map(PathBuf::from)
    }

    fn variable(name: &str) -> Result<String, String> {
        env::var(name).map_err(|error| format!("{name}: {error}"))
    }
}
