//! All that can be wrong with a document: the name of each finding, how bad it is, why, and what to do.
//!
//! `DIAGNOSTICS.md` shows the same to the reader of a report; a test holds the two together.

use crate::diagnostic::{Draft, Severity};

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its stable name.
    pub(crate) code: &'static str,
    pub(crate) severity: Severity,
    /// Why it is wrong.
    pub(crate) why: &'static str,
    /// What to do, unless the place tells more.
    pub(crate) help: &'static str,
}

impl Rule {
    /// A finding of this kind, with what is wrong in one line.
    pub(crate) fn because(&'static self, message: impl Into<String>) -> Draft {
        Draft::new(self, message)
    }
}

macro_rules! rules {
    ($($name:ident $code:literal $severity:ident $why:literal $help:literal;)*) => {
        $(
            pub(crate) static $name: Rule =
                Rule { code: $code, severity: Severity::$severity, why: $why, help: $help };
        )*

        /// Every rule.
        #[cfg(test)]
        pub(crate) static ALL: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    // The text.
    SYNTAX "syntax" Error
        "the text is neither YAML nor JSON"
        "correct the text at this place, or shortly before it";
    EMPTY_DOCUMENT "empty-document" Error
        "there is nothing to generate from"
        "write an OpenAPI 3.0 document";
    SEVERAL_DOCUMENTS "several-documents" Error
        "a file holds one API, and the rest would be ignored"
        "remove the `---`, or put each document into a file of its own";
    DUPLICATE_KEY "duplicate-key" Error
        "only one of the two could count"
        "remove or rename one of them";
    NOT_JSON "not-json" Error
        "OpenAPI is defined on JSON, so the document must be something that JSON can hold"
        "write a text, a number that JSON has, `true`, `false`, `null`, a list or an object";
    MERGE_KEY "merge-key" Error
        "merging is a habit of YAML 1.1; the keys that it should bring would be missing"
        "repeat the keys, or use an alias for the whole value";
    ENDLESS_ALIAS "endless-alias" Error
        "the value would have no end"
        "use a `$ref` where a schema holds itself";
    TOO_DEEP "too-deep" Error
        "whoever reads it could run out of stack"
        "give inner schemas a name under `components.schemas`";
    TOO_LARGE "too-large" Error
        "it could take all memory or time there is"
        "repeat less";

    // The form of an OpenAPI document.
    UNSUPPORTED_VERSION "unsupported-version" Error
        "the generator reads OpenAPI 3.0, and other versions mean other things by the same words"
        "write the document in OpenAPI 3.0, with `openapi: 3.0.3`";
    MISSING_KEY "missing-key" Error
        "OpenAPI requires it"
        "add it";
    WRONG_TYPE "wrong-type" Error
        "OpenAPI says what belongs here, and this cannot be read as that"
        "write what belongs here";
    UNKNOWN_VALUE "unknown-value" Error
        "OpenAPI lists what can be written here"
        "write one of the listed values";
    UNKNOWN_KEY "unknown-key" Warning
        "it is ignored; a misspelt key does nothing"
        "correct or remove it; keys of your own begin with `x-`";
    COMPONENT_NAME "component-name" Error
        "OpenAPI allows only letters, digits, `.`, `-` and `_`, so that references are read alike by all"
        "rename it";
    UNSUPPORTED "unsupported" Error
        "the code generator refuses it, for the reason given above"
        "write this part in a simpler way";
    GENERATOR_PANIC "generator-panic" Error
        "no check of ours has found why; that is an error of this program, too"
        "simplify this part of the document, and report the case";

    // References.
    EXTERNAL_REF "external-ref" Error
        "the generator reads one document, and opens no other"
        "copy what is meant into `components`, or bundle the documents first";
    UNSUPPORTED_REF "unsupported-ref" Error
        "only whole components can be referred to, and only where their kind belongs"
        "refer to a component";
    UNRESOLVED_REF "unresolved-ref" Error
        "a reference must lead somewhere"
        "define it, or correct the name";
    REF_CYCLE "ref-cycle" Error
        "nothing is ever reached that could be generated"
        "break the circle; a schema may hold itself as a property or as an item";
    REF_SIBLING "ref-sibling" Warning
        "OpenAPI 3.0 reads nothing but the reference"
        "move it to what is referred to";
    PATH_REF "path-ref" Error
        "the generator reads paths only where they stand"
        "write the path out here";

    // Paths, operations and parameters.
    INVALID_PATH "invalid-path" Error
        "the address of the request is made of it"
        "write a path such as `/devices/{id}`";
    PATH_PATTERN "path-pattern" Warning
        "a mock of this operation may answer other requests, or none; the client is right"
        "mock this path by hand";
    MISSING_OPERATION_ID "missing-operation-id" Error
        "the generated function is named after it"
        "add an `operationId`, such as `list_devices`";
    DUPLICATE_OPERATION_ID "duplicate-operation-id" Error
        "the generated functions would have the same name"
        "rename one of the two";
    UNNAMEABLE "unnameable" Error
        "Rust needs a name, which is made of letters, digits and `_`"
        "write a name with a letter in it";
    NAME_COLLISION "name-collision" Error
        "Rust would have two different things of one name, or take one for the other"
        "rename one of the two";
    RESERVED_NAME "reserved-name" Error
        "the generated code uses this name for something else"
        "choose another name";
    OPERATION_SERVERS "operation-servers" Error
        "the client sends each of its requests to the one base URL that it is made with"
        "put the operations with servers of their own into a document of their own, and make a client of each";
    CALLBACKS "callbacks" Warning
        "a client does not receive requests"
        "write a server for them by hand";
    UNDECLARED_PATH_PARAMETER "undeclared-path-parameter" Error
        "the generated function would not know what to put there"
        "add a parameter of this name with `in: path`";
    UNUSED_PATH_PARAMETER "unused-path-parameter" Error
        "its value would go nowhere"
        "put `{name}` into the path, or remove the parameter";
    OPTIONAL_PATH_PARAMETER "optional-path-parameter" Error
        "a path with a hole in it is another path"
        "add `required: true`";
    DUPLICATE_PARAMETER "duplicate-parameter" Error
        "the generator knows parameters by their names, and would lose one"
        "rename or remove one of them";
    COOKIE_PARAMETER "cookie-parameter" Error
        "the generator does not write cookies"
        "remove the parameter, and send the cookie in a hook";
    PARAMETER_CONTENT "parameter-content" Error
        "the generator writes parameters by their `schema` only"
        "write a `schema` instead";
    PARAMETER_STYLE "parameter-style" Error
        "the generator writes each parameter in one way: `form`, exploded, in a query, and `simple` elsewhere"
        "remove `style` and `explode` if the service allows it, or take a plain text and join the values yourself";
    NULLABLE_PARAMETER "nullable-parameter" Error
        "a parameter is written as a text, or not at all"
        "write a schema without `nullable: true` for it, and let the parameter be left out instead";
    SCHEMA_OR_CONTENT "schema-or-content" Error
        "OpenAPI asks for exactly one of the two"
        "write a `schema`, and no `content`";
    RESERVED_HEADER "reserved-header" Error
        "OpenAPI has other places for these headers, and ignores parameters of their names"
        "describe `Authorization` by `securitySchemes`, the others by `content`, and remove the parameter";
    INVALID_HEADER_NAME "invalid-header-name" Error
        "HTTP could not send it"
        "use letters, digits and `-`";

    // Bodies and responses.
    OPTIONAL_BODY "optional-body" Warning
        "`required` is false unless it is given; the caller of the function has no way to send nothing"
        "add `required: true` if there is always a body";
    EMPTY_CONTENT "empty-content" Error
        "the body would be left out"
        "name a media type, such as `application/json`, and its schema";
    SEVERAL_REQUEST_MEDIA_TYPES "several-request-media-types" Error
        "the generated function sends one kind of body"
        "leave the one that the client shall send, `application/json` if it is there";
    UNSUPPORTED_REQUEST_MEDIA_TYPE "unsupported-request-media-type" Error
        "the generator knows JSON, URL-encoded forms, plain text and bytes"
        "use `application/json`, `application/x-www-form-urlencoded`, `text/plain` or `application/octet-stream`";
    RAW_BODY_SCHEMA "raw-body-schema" Error
        "such a body is sent as it is, so no schema can bend it"
        "use the plain schema";
    FORM_SCHEMA "form-schema" Error
        "a form holds names and texts only, and a request with anything else fails before it is sent"
        "describe an object whose properties are texts, numbers and flags";
    MISSING_SCHEMA "missing-schema" Error
        "the generator needs a type for JSON and forms"
        "add a `schema`; `schema: {}` is any value";
    ENCODING "encoding" Error
        "the generator writes each body in one way only"
        "remove `encoding`";
    SEVERAL_RESPONSE_MEDIA_TYPES "several-response-media-types" Warning
        "the generated function asks for JSON, and reads nothing else"
        "leave only JSON, to say so";
    UNREAD_RESPONSE "unread-response" Warning
        "the generated function gives such a body as bytes"
        "describe it as `application/json` if it is that, or read the bytes yourself";
    IMPOSSIBLE_BODY "impossible-body" Warning
        "in HTTP, an answer of status 204 or 205, or to `HEAD`, ends before its body, so none is read"
        "remove `content`, or write another status";
    INVALID_STATUS "invalid-status" Error
        "a response is found by its status"
        "write a registered status such as `200`, or a class such as `4XX`";
    UNHANDLED_STATUS "unhandled-status" Warning
        "the client reports it as an unexpected response, without a type"
        "handle it as an unexpected response, or remove it";
    UPGRADE "upgrade" Error
        "the generated function cannot go on after the protocol has changed"
        "remove the response, and open such connections by hand";
    DEFAULT_RESPONSE "default-response" Error
        "the generated function has one type for each, and cannot tell which of the two this is"
        "name the statuses: `4XX` and `5XX` for errors, `2XX` for success";
    SEVERAL_SUCCESS_TYPES "several-success-types" Error
        "the generated function returns one type"
        "describe the same body for all, or make one schema with `oneOf`";
    SEVERAL_ERROR_TYPES "several-error-types" Error
        "the generated function fails with one type; a response without `content` counts as bytes"
        "describe the same body for all errors, or for none";

    // Schemas.
    MISSING_TYPE "missing-type" Error
        "without a type, any value fits that is not of the type that is meant"
        "add `type`";
    MISPLACED_KEYWORD "misplaced-keyword" Error
        "it does nothing here, so the type or the keyword is not what is meant"
        "remove it, or correct `type`";
    EMPTY_RANGE "empty-range" Error
        "no value could ever be valid"
        "correct the limits";
    EXCLUSIVE_WITHOUT_LIMIT "exclusive-without-limit" Error
        "in OpenAPI 3.0 it is a flag beside the limit"
        "add the limit, or remove the flag";
    INVALID_PATTERN "invalid-pattern" Error
        "the generated code would fail whenever it checks a value"
        "write a regular expression of ECMA-262";
    LONG_ARRAY "long-array" Error
        "the type would be an array, and serde reads none that is longer"
        "leave out `maxItems`, and check the length yourself";
    INVALID_DEFAULT "invalid-default" Warning
        "the generated code leaves defaults to the service, but who reads the document is told of one that cannot be"
        "correct the default or the schema";
    UNCHECKED_KEYWORD "unchecked-keyword" Warning
        "the generated type holds what this forbids"
        "check it yourself before a request, or leave it to the service";
    NOT "not" Error
        "Rust has no type for what a value is not"
        "describe what a value is";
    DISCRIMINATOR "discriminator" Warning
        "the alternatives are told apart by trying them in order"
        "make the alternatives distinct by `required` and `additionalProperties: false`";
    INLINE_ALTERNATIVE "inline-alternative" Error
        "its variant would be called `Variant0`, here and in most other generators"
        "move it to `components.schemas`, and refer to it";
    KEYWORDS_BESIDE_ALTERNATIVES "keywords-beside-alternatives" Error
        "generators read one of the two and drop the other"
        "repeat the shared keys in each alternative";
    REQUIRED_ONLY_ALTERNATIVES "required-only-alternatives" Error
        "no generator makes a type of that; most drop it, and every invalid combination is allowed"
        "write one complete schema for each alternative, and a `oneOf` of references to them";
    EMPTY_COMPOSITION "empty-composition" Error
        "no value could ever be valid, or any"
        "list the schemas, or remove the keyword";
    REPEATED_PART "repeated-part" Error
        "it would become two variants that cannot be told apart"
        "remove one of them";
    UNSUPPORTED_ALL_OF "unsupported-all-of" Error
        "only plain objects without common properties are merged well, and those with nothing but keys and `required`"
        "write one complete schema instead of the `allOf`";

    // Enumerations.
    EMPTY_ENUM "empty-enum" Error
        "no value could ever be valid"
        "list the values, or remove `enum`";
    UNSUPPORTED_ENUM "unsupported-enum" Error
        "the generator makes no type of that"
        "describe the value without `enum`";
    REPEATED_ENUM_VALUE "repeated-enum-value" Error
        "it would become two variants of one name"
        "remove one of them";
    ENUM_VALUE_MISMATCH "enum-value-mismatch" Error
        "the value could never be valid"
        "correct the value, the type or the limits; numbers that are meant as texts need quotes";
    NAMELESS_INTEGERS "nameless-integers" Warning
        "Rust gets a bare number, and refuses every number that is not in the list"
        "add `x-enum-varnames`, with one name for each value";
    INVALID_ENUM_NAMES "invalid-enum-names" Error
        "each value becomes a Rust variant with the name, or the text, of the same place in the list"
        "write one for each value, in the same order, all different";
    UNUSED_ENUM_NAMES "unused-enum-names" Warning
        "only integers need names for their values: texts name themselves"
        "remove it, or write it beside an enumeration of integers";

    // Security, servers and extensions.
    UNSUPPORTED_SECURITY_SCHEME "unsupported-security-scheme" Error
        "the generator knows API keys in a query or a header, and HTTP `basic` and `bearer`"
        "describe how the credential is sent at last: for OAuth 2.0 that is `type: http`, `scheme: bearer`";
    UNDEFINED_SECURITY_SCHEME "undefined-security-scheme" Error
        "the generated code would not know which credential to send"
        "define it, or correct the name";
    SERVER_VARIABLE "server-variable" Error
        "the base URL is made of it"
        "declare each `{name}` of the URL under `variables`, and nothing else, with a default that is allowed";
    UNUSABLE_SERVER "unusable-server" Warning
        "no client can be made with `base_url()` of this server"
        "write a URL such as `https://api.example.com/v1`, or make the client with a URL of your own";
    INVALID_RATE_LIMIT "invalid-rate-limit" Error
        "clients pace themselves by it: `limit` requests in `window-seconds`, shared by `scope`"
        "write `{ limit: 10, window-seconds: 60, scope: account }`";
    UNKNOWN_EXTENSION "unknown-extension" Warning
        "it is ignored; extensions of other programs are no concern of this one, but this is nearly one of ours"
        "correct its name, or remove it";
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> String {
        let row = |rule: &&Rule| {
            let severity = format!("{:?}", rule.severity).to_lowercase();
            format!("| `{}` | {severity} | {} | {} |\n", rule.code, rule.why, rule.help)
        };
        ALL.iter().map(row).collect()
    }

    #[test]
    fn every_rule_is_in_the_table_that_readers_have() {
        let document = include_str!("../DIAGNOSTICS.md");
        let start = document.find("| --- |").unwrap();
        let rows = document[start..].split_once('\n').unwrap().1;
        assert_eq!(rows, table(), "the table of DIAGNOSTICS.md should be:\n{}", table());
    }

    #[test]
    fn codes_are_unique() {
        let mut codes: Vec<_> = ALL.iter().map(|rule| rule.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }
}
