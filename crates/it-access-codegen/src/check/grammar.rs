//! What OpenAPI 3.0 lets stand where, as tables.

use Expect::{
    Any, Choice, Count, Flag, FlagOrSchema, ListOf, MapOf, Node, NodeOrRef, Number, Text,
};

/// The kinds of objects that a document consists of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Tag,
    ExternalDocs,
    Paths,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Header,
    Example,
    Link,
    Components,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    SecurityRequirement,
}

/// What may stand in a place.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expect {
    Any,
    Text,
    /// One of these texts.
    Choice(&'static [&'static str]),
    Flag,
    Number,
    /// A whole number, not negative, that fits into 32 bits.
    Count,
    FlagOrSchema,
    Node(Kind),
    NodeOrRef(Kind),
    ListOf(&'static Expect),
    MapOf(&'static Expect),
}

/// A key of an object, what stands under it, and whether it must be there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) expect: Expect,
    pub(crate) required: bool,
}

/// The types of JSON values, as `type` names them.
pub(crate) const TYPES: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

const SCHEMA: Expect = NodeOrRef(Kind::Schema);
const HEADERS: Expect = MapOf(&NodeOrRef(Kind::Header));
const EXAMPLES: Expect = MapOf(&NodeOrRef(Kind::Example));
const CONTENT: Expect = MapOf(&Node(Kind::MediaType));
const SERVERS: Expect = ListOf(&Node(Kind::Server));
const SECURITY: Expect = ListOf(&Node(Kind::SecurityRequirement));
const PARAMETERS: Expect = ListOf(&NodeOrRef(Kind::Parameter));
const EXTERNAL_DOCS: Expect = Node(Kind::ExternalDocs);
const OPERATION: Expect = Node(Kind::Operation);
const STYLES: Expect =
    Choice(&["deepObject", "form", "label", "matrix", "pipeDelimited", "simple", "spaceDelimited"]);

/// The keys that objects of a kind have, beside extensions.
pub(crate) fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Document => {
            const {
                &[
                    required("openapi", Text),
                    required("info", Node(Kind::Info)),
                    required("paths", Node(Kind::Paths)),
                    optional("servers", SERVERS),
                    optional("components", Node(Kind::Components)),
                    optional("security", SECURITY),
                    optional("tags", ListOf(&Node(Kind::Tag))),
                    optional("externalDocs", EXTERNAL_DOCS),
                ]
            }
        }
        Kind::Info => {
            const {
                &[
                    required("title", Text),
                    required("version", Text),
                    optional("description", Text),
                    optional("termsOfService", Text),
                    optional("contact", Node(Kind::Contact)),
                    optional("license", Node(Kind::License)),
                ]
            }
        }
        Kind::Contact => {
            const { &[optional("name", Text), optional("url", Text), optional("email", Text)] }
        }
        Kind::License => const { &[required("name", Text), optional("url", Text)] },
        Kind::Server => {
            const {
                &[
                    required("url", Text),
                    optional("description", Text),
                    optional("variables", MapOf(&Node(Kind::ServerVariable))),
                ]
            }
        }
        Kind::ServerVariable => {
            const {
                &[
                    required("default", Text),
                    optional("enum", ListOf(&Text)),
                    optional("description", Text),
                ]
            }
        }
        Kind::Tag => {
            const {
                &[
                    required("name", Text),
                    optional("description", Text),
                    optional("externalDocs", EXTERNAL_DOCS),
                ]
            }
        }
        Kind::ExternalDocs => const { &[required("url", Text), optional("description", Text)] },
        Kind::PathItem => {
            const {
                &[
                    optional("$ref", Text),
                    optional("summary", Text),
                    optional("description", Text),
                    optional("get", OPERATION),
                    optional("put", OPERATION),
                    optional("post", OPERATION),
                    optional("delete", OPERATION),
                    optional("options", OPERATION),
                    optional("head", OPERATION),
                    optional("patch", OPERATION),
                    optional("trace", OPERATION),
                    optional("servers", SERVERS),
                    optional("parameters", PARAMETERS),
                ]
            }
        }
        Kind::Operation => {
            const {
                &[
                    optional("tags", ListOf(&Text)),
                    optional("summary", Text),
                    optional("description", Text),
                    optional("externalDocs", EXTERNAL_DOCS),
                    optional("operationId", Text),
                    optional("parameters", PARAMETERS),
                    optional("requestBody", NodeOrRef(Kind::RequestBody)),
                    required("responses", Node(Kind::Responses)),
                    optional("callbacks", Any),
                    optional("deprecated", Flag),
                    optional("security", SECURITY),
                    optional("servers", SERVERS),
                ]
            }
        }
        Kind::Parameter => {
            const {
                &[
                    required("name", Text),
                    required("in", Choice(&["cookie", "header", "path", "query"])),
                    optional("description", Text),
                    optional("required", Flag),
                    optional("deprecated", Flag),
                    optional("allowEmptyValue", Flag),
                    optional("style", STYLES),
                    optional("explode", Flag),
                    optional("allowReserved", Flag),
                    optional("schema", SCHEMA),
                    optional("content", CONTENT),
                    optional("example", Any),
                    optional("examples", EXAMPLES),
                ]
            }
        }
        Kind::RequestBody => {
            const {
                &[
                    required("content", CONTENT),
                    optional("description", Text),
                    optional("required", Flag),
                ]
            }
        }
        Kind::MediaType => {
            const {
                &[
                    optional("schema", SCHEMA),
                    optional("example", Any),
                    optional("examples", EXAMPLES),
                    optional("encoding", MapOf(&Node(Kind::Encoding))),
                ]
            }
        }
        Kind::Encoding => {
            const {
                &[
                    optional("contentType", Text),
                    optional("headers", HEADERS),
                    optional("style", STYLES),
                    optional("explode", Flag),
                    optional("allowReserved", Flag),
                ]
            }
        }
        Kind::Responses => const { &[optional("default", NodeOrRef(Kind::Response))] },
        Kind::Response => {
            const {
                &[
                    required("description", Text),
                    optional("headers", HEADERS),
                    optional("content", CONTENT),
                    optional("links", MapOf(&NodeOrRef(Kind::Link))),
                ]
            }
        }
        Kind::Header => {
            const {
                &[
                    optional("description", Text),
                    optional("required", Flag),
                    optional("deprecated", Flag),
                    optional("allowEmptyValue", Flag),
                    optional("style", Choice(&["simple"])),
                    optional("explode", Flag),
                    optional("allowReserved", Flag),
                    optional("schema", SCHEMA),
                    optional("content", CONTENT),
                    optional("example", Any),
                    optional("examples", EXAMPLES),
                ]
            }
        }
        Kind::Example => {
            const {
                &[
                    optional("summary", Text),
                    optional("description", Text),
                    optional("value", Any),
                    optional("externalValue", Text),
                ]
            }
        }
        Kind::Link => {
            const {
                &[
                    optional("operationRef", Text),
                    optional("operationId", Text),
                    optional("parameters", MapOf(&Any)),
                    optional("requestBody", Any),
                    optional("description", Text),
                    optional("server", Node(Kind::Server)),
                ]
            }
        }
        Kind::Components => {
            const {
                &[
                    optional("schemas", MapOf(&SCHEMA)),
                    optional("responses", MapOf(&NodeOrRef(Kind::Response))),
                    optional("parameters", MapOf(&NodeOrRef(Kind::Parameter))),
                    optional("examples", EXAMPLES),
                    optional("requestBodies", MapOf(&NodeOrRef(Kind::RequestBody))),
                    optional("headers", HEADERS),
                    optional("securitySchemes", MapOf(&NodeOrRef(Kind::SecurityScheme))),
                    optional("links", MapOf(&NodeOrRef(Kind::Link))),
                    optional("callbacks", Any),
                ]
            }
        }
        Kind::Schema => SCHEMA_FIELDS,
        Kind::Discriminator => {
            const { &[required("propertyName", Text), optional("mapping", MapOf(&Text))] }
        }
        Kind::Xml => {
            const {
                &[
                    optional("name", Text),
                    optional("namespace", Text),
                    optional("prefix", Text),
                    optional("attribute", Flag),
                    optional("wrapped", Flag),
                ]
            }
        }
        Kind::SecurityScheme => {
            const {
                &[
                    required("type", Choice(&["apiKey", "http", "oauth2", "openIdConnect"])),
                    optional("description", Text),
                    optional("name", Text),
                    optional("in", Choice(&["cookie", "header", "query"])),
                    optional("scheme", Text),
                    optional("bearerFormat", Text),
                    optional("flows", Any),
                    optional("openIdConnectUrl", Text),
                ]
            }
        }
        Kind::Paths | Kind::SecurityRequirement => &[],
    }
}

const SCHEMA_FIELDS: &[Field] = &[
    optional("title", Text),
    optional("description", Text),
    optional("type", Choice(TYPES)),
    optional("format", Text),
    optional("nullable", Flag),
    optional("enum", ListOf(&Any)),
    optional("default", Any),
    optional("example", Any),
    optional("deprecated", Flag),
    optional("readOnly", Flag),
    optional("writeOnly", Flag),
    optional("multipleOf", Number),
    optional("maximum", Number),
    optional("exclusiveMaximum", Flag),
    optional("minimum", Number),
    optional("exclusiveMinimum", Flag),
    optional("maxLength", Count),
    optional("minLength", Count),
    optional("pattern", Text),
    optional("items", SCHEMA),
    optional("maxItems", Count),
    optional("minItems", Count),
    optional("uniqueItems", Flag),
    optional("properties", MapOf(&SCHEMA)),
    optional("required", ListOf(&Text)),
    optional("additionalProperties", FlagOrSchema),
    optional("maxProperties", Count),
    optional("minProperties", Count),
    optional("allOf", ListOf(&SCHEMA)),
    optional("oneOf", ListOf(&SCHEMA)),
    optional("anyOf", ListOf(&SCHEMA)),
    optional("not", SCHEMA),
    optional("discriminator", Node(Kind::Discriminator)),
    optional("externalDocs", EXTERNAL_DOCS),
    optional("xml", Node(Kind::Xml)),
];

/// What stands under keys that are names, in the kinds of objects that are maps.
pub(crate) fn entries(kind: Kind) -> Option<Expect> {
    match kind {
        Kind::Paths => Some(Node(Kind::PathItem)),
        Kind::Responses => Some(NodeOrRef(Kind::Response)),
        Kind::SecurityRequirement => Some(ListOf(&Text)),
        _ => None,
    }
}

/// The section of `components` that holds a kind, and the phrase for one of it.
pub(crate) fn section(kind: Kind) -> (&'static str, &'static str) {
    match kind {
        Kind::Schema => ("schemas", "a schema"),
        Kind::Response => ("responses", "a response"),
        Kind::Parameter => ("parameters", "a parameter"),
        Kind::Example => ("examples", "an example"),
        Kind::RequestBody => ("requestBodies", "a request body"),
        Kind::Header => ("headers", "a header"),
        Kind::SecurityScheme => ("securitySchemes", "a security scheme"),
        Kind::Link => ("links", "a link"),
        _ => ("", "an object"),
    }
}

const fn required(key: &'static str, expect: Expect) -> Field {
    Field { key, expect, required: true }
}

const fn optional(key: &'static str, expect: Expect) -> Field {
    Field { key, expect, required: false }
}
