//! A software bill of materials, in the form of CycloneDX 1.6. It has neither a serial number nor a time, so that it stays
//! the same as long as what it lists does.

use serde::Serialize;

use super::dependencies::{Dependencies, Key, Package};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Bom<'a> {
    bom_format: &'static str,
    spec_version: &'static str,
    version: u32,
    metadata: Metadata<'a>,
    components: Vec<Component<'a>>,
    dependencies: Vec<DependsOn>,
}

#[derive(Serialize)]
struct Metadata<'a> {
    component: Component<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Component<'a> {
    r#type: &'static str,
    bom_ref: String,
    name: &'a str,
    version: &'a str,
    scope: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hashes: Vec<Hash<'a>>,
    licenses: [License<'a>; 1],
    purl: String,
}

#[derive(Serialize)]
struct Hash<'a> {
    alg: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct License<'a> {
    expression: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct DependsOn {
    r#ref: String,
    depends_on: Vec<String>,
}

/// Writes the bill of a program. What is needed only to build it is in the scope `excluded`.
pub(super) fn sbom(dependencies: &Dependencies) -> anyhow::Result<String> {
    let Dependencies { root, packages } = dependencies;
    let own = packages.get(root).cloned().unwrap_or_default();
    let others = packages.iter().filter(|(key, _)| *key != root);
    let bom = Bom {
        bom_format: "CycloneDX",
        spec_version: "1.6",
        version: 1,
        metadata: Metadata { component: component("application", root, &own) },
        components: others.map(|(key, package)| component("library", key, package)).collect(),
        dependencies: packages
            .iter()
            .map(|(key, package)| DependsOn {
                r#ref: purl(key),
                depends_on: package.depends_on.iter().map(purl).collect(),
            })
            .collect(),
    };
    Ok(serde_json::to_string_pretty(&bom)? + "\n")
}

fn component<'a>(r#type: &'static str, key: &'a Key, package: &'a Package) -> Component<'a> {
    let hashes = package.checksum.iter().map(|content| Hash { alg: "SHA-256", content });
    Component {
        r#type,
        bom_ref: purl(key),
        name: &key.name,
        version: &key.version,
        scope: if package.linked { "required" } else { "excluded" },
        hashes: hashes.collect(),
        licenses: [License { expression: &package.license }],
        purl: purl(key),
    }
}

/// The package's URL, which is its name in the bill too.
fn purl(Key { name, version }: &Key) -> String {
    // The only character of a version that a URL reads as another.
    format!("pkg:cargo/{name}@{}", version.replace('+', "%2B"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use serde_json::{Value, json};

    use super::*;

    fn key(name: &str) -> Key {
        Key { name: name.to_owned(), version: "1.0.0+rev".to_owned() }
    }

    #[test]
    fn lists_what_is_in_the_program_and_what_builds_it() {
        let license = "MIT".to_owned();
        let tool = Package {
            license: license.clone(),
            linked: true,
            depends_on: vec![key("base")],
            ..Package::default()
        };
        let base = Package { license, checksum: Some("abc".to_owned()), ..Package::default() };
        let packages = [(key("tool"), tool), (key("base"), base)].into();
        let bom = sbom(&Dependencies { root: key("tool"), packages }).unwrap();
        let component = |r#type: &str, name: &str, scope: &str| {
            json!({
                "type": r#type,
                "bom-ref": format!("pkg:cargo/{name}@1.0.0%2Brev"),
                "name": name,
                "version": "1.0.0+rev",
                "scope": scope,
                "licenses": [{"expression": "MIT"}],
                "purl": format!("pkg:cargo/{name}@1.0.0%2Brev"),
            })
        };
        let mut base = component("library", "base", "excluded");
        base["hashes"] = json!([{"alg": "SHA-256", "content": "abc"}]);
        let expected = json!({
            "bomFormat": "CycloneDX",
            "specVersion": "1.6",
            "version": 1,
            "metadata": {"component": component("application", "tool", "required")},
            "components": [base],
            "dependencies": [
                {"ref": "pkg:cargo/base@1.0.0%2Brev", "dependsOn": []},
                {"ref": "pkg:cargo/tool@1.0.0%2Brev", "dependsOn": ["pkg:cargo/base@1.0.0%2Brev"]},
            ],
        });
        assert_eq!(serde_json::from_str::<Value>(&bom).unwrap(), expected);
    }
}
