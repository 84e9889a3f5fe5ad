//! The generators that are tried: how each is pinned, generates, and is compiled and driven.
//!
//! The commands run in the driver's folder, beside `document.json`'s: `tests/languages/<name>`, copied to
//! `target/languages/<name>`.

use std::{fmt, fs, path::Path};

use anyhow::Context;

/// An edition of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edition {
    /// With `oneOf`: HWIDs or MAC addresses, never both.
    Canonical,
    /// Without.
    Flat,
}

impl Edition {
    /// Its file in `openapi/dist`.
    pub(super) fn file(self) -> &'static str {
        match self {
            Self::Canonical => "device-action-v3.0.json",
            Self::Flat => "device-action-v3.0.flat.json",
        }
    }
}

impl fmt::Display for Edition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Canonical => "canonical",
            Self::Flat => "flat",
        })
    }
}

/// One row of the matrix, or one for each edition.
#[derive(Debug)]
pub(crate) struct Generator {
    /// The language, and the driver's folder.
    pub(crate) name: &'static str,
    pub(crate) title: &'static str,
    /// Which file of the language's folder pins the version, and what stands before it there.
    pub(super) pin: (&'static str, &'static str),
    /// How a person installs it, at this version.
    pub(super) install: &'static str,
    pub(super) editions: &'static [Edition],
    pub(super) generate: &'static str,
    pub(super) compile: &'static str,
    pub(super) drive: &'static str,
    /// The file in the driver's folder that the page quotes.
    pub(super) example: &'static str,
    /// What to know before using it; why something fails, and where that is reported.
    pub(super) remarks: &'static [&'static str],
}

impl Generator {
    /// Reads its version from the file that pins it.
    pub(crate) fn version(&self, root: &Path) -> anyhow::Result<String> {
        let language = self.name.split('/').next().unwrap_or_default();
        let (file, before) = self.pin;
        let path = root.join("tests/languages").join(language).join(file);
        let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        version_after(&text, before).with_context(|| format!("{file} pins no {before}"))
    }
}

/// The first number with dots after a text.
fn version_after(text: &str, before: &str) -> Option<String> {
    let (_, after) = text.split_once(before)?;
    let digits = after.trim_start_matches(|c: char| !c.is_ascii_digit());
    let version: String = digits.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
    (!version.is_empty()).then_some(version)
}

const CANONICAL: &[Edition] = &[Edition::Canonical];
const BOTH: &[Edition] = &[Edition::Canonical, Edition::Flat];

const CHECK_PYTHON: &str = "MYPYPATH=.. mypy --strict --follow-imports silent main.py";
const DRIVE_PYTHON: &str = "PYTHONPATH=.. python main.py";
const CHECK_TYPESCRIPT: &str = "tsc";
const CHECK_GO: &str = "go vet . ./client";
const DRIVE_JAVA: &str = "mvn -q -B exec:java";

/// All of them, by language.
pub(crate) const GENERATORS: [Generator; 13] = [
    Generator {
        name: "rust/openapi-generator",
        title: "openapi-generator, `rust`",
        pin: ("../python/requirements.txt", "openapi-generator-cli=="),
        install: "pip install openapi-generator-cli=={version}",
        editions: CANONICAL,
        generate: "openapi-generator-cli generate -g rust -i ../document.json -o client \
                   --additional-properties packageName=client,packageVersion=0.0.0,supportMiddleware=true",
        compile: "cargo build",
        drive: "cargo run --quiet",
        example: "src/main.rs",
        remarks: &[
            "A refusal comes without its headers (OpenAPITools/openapi-generator#18676). With `supportMiddleware` a \
             middleware sees them: that is how the driver reads the rate limit.",
        ],
    },
    Generator {
        name: "rust/progenitor",
        title: "progenitor",
        pin: ("progenitor/Cargo.toml", "progenitor = \"="),
        install: "cargo add progenitor@={version}",
        editions: CANONICAL,
        generate: "# progenitor generates while it is compiled",
        compile: "cargo build",
        drive: "cargo run --quiet",
        example: "src/main.rs",
        remarks: &[
            "It does not read security schemes (oxidecomputer/progenitor#420): a hook adds the token.",
            "Its errors print the URL, and with it the token.",
            "The crate `it-access` is made by progenitor too, and mends both.",
        ],
    },
    Generator {
        name: "go/oapi-codegen",
        title: "oapi-codegen",
        pin: ("go.mod", "github.com/oapi-codegen/oapi-codegen/v2 "),
        install: "go get -tool github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen@v{version}",
        editions: CANONICAL,
        generate: "mkdir client && go tool oapi-codegen -generate types,client -package client \
                   -o client/client.gen.go ../document.json",
        compile: CHECK_GO,
        drive: "go run .",
        example: "main.go",
        remarks: &[
            "It does not read security schemes (oapi-codegen/oapi-codegen#81): an editor of requests adds the token.",
            "It knows the rate-limit headers of each status, as numbers: `Headers429`, for instance.",
        ],
    },
    Generator {
        name: "go/openapi-generator",
        title: "openapi-generator, `go`",
        pin: ("../python/requirements.txt", "openapi-generator-cli=="),
        install: "pip install openapi-generator-cli=={version}",
        editions: CANONICAL,
        generate: "openapi-generator-cli generate -g go -i ../document.json -o client --package-name client \
                   --additional-properties withGoMod=false",
        compile: CHECK_GO,
        drive: "go run .",
        example: "main.go",
        remarks: &[],
    },
    Generator {
        name: "java/okhttp",
        title: "openapi-generator, `java` with OkHttp",
        pin: ("okhttp/pom.xml", "openapi-generator-maven-plugin</artifactId>"),
        install: "# the Maven plugin, as in tests/languages/java/okhttp/pom.xml",
        editions: CANONICAL,
        generate: "mvn -q -B generate-sources",
        compile: "mvn -q -B compile",
        drive: DRIVE_JAVA,
        example: "src/main/java/Main.java",
        remarks: &[],
    },
    Generator {
        name: "java/restclient",
        title: "openapi-generator, `java` with Spring's RestClient",
        pin: ("restclient/pom.xml", "openapi-generator-maven-plugin</artifactId>"),
        install: "# the Maven plugin, as in tests/languages/java/restclient/pom.xml",
        editions: BOTH,
        generate: "mvn -q -B generate-sources",
        compile: "mvn -q -B compile",
        drive: DRIVE_JAVA,
        example: "src/main/java/Main.java",
        remarks: &[
            "**Use the flat edition.** This library does not read `oneOf` (OpenAPITools/openapi-generator#8647): of the \
             two alternatives it makes one class that always sends both lists, which the service refuses. The flat edition \
             has one class too, whose lists are optional.",
            "Set the mapper to `NON_EMPTY`, as below. Otherwise the list that was not set is sent as an empty one.",
        ],
    },
    Generator {
        name: "python/datamodel-code-generator",
        title: "datamodel-code-generator, with httpx",
        pin: ("requirements.txt", "datamodel-code-generator=="),
        install: "pip install datamodel-code-generator=={version} httpx",
        editions: CANONICAL,
        generate: "datamodel-codegen --input ../document.json --input-file-type openapi --output client.py \
                   --output-model-type pydantic_v2.BaseModel --target-python-version 3.11 --use-annotated \
                   --use-type-alias --formatters builtin --disable-timestamp",
        compile: CHECK_PYTHON,
        drive: DRIVE_PYTHON,
        example: "main.py",
        remarks: &[
            "It makes the models, which check what is sent: one list, not empty, at most 64999 hours. The call is yours.",
            "httpx logs each URL, and with it the token, at the level INFO.",
        ],
    },
    Generator {
        name: "python/openapi-generator",
        title: "openapi-generator, `python`",
        pin: ("requirements.txt", "openapi-generator-cli=="),
        install: "pip install openapi-generator-cli=={version}",
        editions: CANONICAL,
        generate: "openapi-generator-cli generate -g python -i ../document.json -o . --package-name client",
        compile: CHECK_PYTHON,
        drive: DRIVE_PYTHON,
        example: "main.py",
        remarks: &[
            "mypy finds a fault in the generated `configuration.py`, about a server variable without `enum`; it does no \
             harm, and the driver is checked without looking into the client.",
        ],
    },
    Generator {
        name: "python/openapi-python-client",
        title: "openapi-python-client",
        pin: ("requirements.txt", "openapi-python-client=="),
        install: "pip install openapi-python-client=={version}",
        editions: CANONICAL,
        generate: "openapi-python-client generate --path ../document.json --meta none --output-path client",
        compile: CHECK_PYTHON,
        drive: DRIVE_PYTHON,
        example: "main.py",
        remarks: &[
            "It does not read `apiKey` schemes (openapi-generators/openapi-python-client#600): httpx adds the token.",
            "httpx logs each URL, and with it the token, at the level INFO.",
        ],
    },
    Generator {
        name: "typescript/hey-api",
        title: "@hey-api/openapi-ts",
        pin: ("package.json", "\"@hey-api/openapi-ts\": "),
        install: "npm install @hey-api/openapi-ts@{version}",
        editions: BOTH,
        generate: "openapi-ts --input ../document.json --output client --no-log-file",
        compile: CHECK_TYPESCRIPT,
        drive: "tsx main.ts",
        example: "main.ts",
        remarks: &["It asks for Node.js 22; with 20 it runs all the same."],
    },
    Generator {
        name: "typescript/openapi-generator",
        title: "openapi-generator, `typescript-fetch`",
        pin: ("../python/requirements.txt", "openapi-generator-cli=="),
        install: "pip install openapi-generator-cli=={version}",
        editions: BOTH,
        generate: "openapi-generator-cli generate -g typescript-fetch -i ../document.json -o client",
        compile: CHECK_TYPESCRIPT,
        drive: "tsx main.ts",
        example: "main.ts",
        remarks: &["A body with both lists is sent as one with `ids` only, without a word."],
    },
    Generator {
        name: "typescript/openapi-typescript",
        title: "openapi-typescript, with openapi-fetch",
        pin: ("package.json", "\"openapi-typescript\": "),
        install: "npm install openapi-typescript@{version} openapi-fetch",
        editions: BOTH,
        generate: "openapi-typescript ../document.json --output client.d.ts",
        compile: CHECK_TYPESCRIPT,
        drive: "tsx main.ts",
        example: "main.ts",
        remarks: &[
            "It makes types, which know no security schemes: the query is written by a function of yours.",
        ],
    },
    Generator {
        name: "typescript/orval",
        title: "orval",
        pin: ("package.json", "\"orval\": "),
        install: "npm install orval@{version}",
        editions: BOTH,
        generate: "orval",
        compile: CHECK_TYPESCRIPT,
        drive: "tsx main.ts",
        example: "main.ts",
        remarks: &[
            "Its own function reads the body of every answer as JSON, and so a refusal in plain text ends in a \
             `SyntaxError` without status and headers (orval-labs/orval#3088). A function of yours takes its place \
             (`override.mutator`): `tests/languages/typescript/orval/send.ts`, which adds the token too.",
            "It asks for Node.js 22; with 20 it runs all the same.",
        ],
    },
];

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use super::*;
    use crate::workspace::root;

    #[test]
    fn reads_versions() {
        let cases = [
            ("orval==8.38.0\nother==1", "orval==", Some("8.38.0")),
            ("\"orval\": \"8.38.0\",", "\"orval\": ", Some("8.38.0")),
            ("example.org/tool/v2 v2.8.2 // indirect", "example.org/tool/v2 ", Some("2.8.2")),
            (
                "<artifactId>a</artifactId>\n  <version>7.25.0</version>",
                "a</artifactId>",
                Some("7.25.0"),
            ),
            ("nothing", "orval==", None),
            ("orval==", "orval==", None),
        ];
        for (text, before, expected) in cases {
            assert_eq!(version_after(text, before).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn pins_each_generator_and_has_its_driver() {
        for generator in &GENERATORS {
            generator.version(&root()).unwrap();
            let example =
                root().join("tests/languages").join(generator.name).join(generator.example);
            assert!(example.is_file(), "{}", example.display());
        }
    }
}
