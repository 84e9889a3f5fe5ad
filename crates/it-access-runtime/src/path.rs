//! Paths with parameters in them.

use reqwest::Url;

/// A value as a segment of a path, the way a client sends it.
///
/// ```
/// assert_eq!(it_access_runtime::path_segment("1984 / ?"), "1984%20%2F%20%3F");
/// ```
#[must_use]
pub fn path_segment(value: &str) -> String {
    let mut url = Url::parse("http://localhost").expect("a URL");
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.push(value);
    }
    url.path().trim_start_matches('/').to_owned()
}

/// Whether a path, below the base URL's, is the operation's with something for each parameter.
///
/// A parameter that is empty, `.`, `..`, or has a backslash in it would turn it into the path of something else.
pub(crate) fn fits(path: &str, template: &str) -> bool {
    if path == template {
        return true;
    }
    let mut segments = segments(path);
    let mut expected = self::segments(template);
    expected.all(|expected| {
        let is_parameter = expected.contains('{');
        segments.next().is_some_and(|segment| {
            is_parameter || segment == expected || segment == as_sent(expected)
        })
    }) && segments.next().is_none()
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// A segment of the document's path, which may hold what a URL writes otherwise.
fn as_sent(segment: &str) -> String {
    let url = Url::parse(&format!("http://localhost/{segment}"));
    url.map_or_else(|_| segment.to_owned(), |url| url.path().trim_start_matches('/').to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_operations_own_path_fits() {
        let template = "/books/{isbn}/copies/{copy}";
        let cases = [
            ("/books/a/copies/1", true),
            ("/books/a%2Fb/copies/..1", true),
            ("/copies/1", false),
            ("/books/copies/1", false),
            ("/books//copies/1", false),
            ("/books/a/copies/", false),
            ("/books/a/b/copies/1", false),
            ("/books/a/copies/1/2", false),
            ("/loans/a/copies/1", false),
        ];
        for (path, expected) in cases {
            assert_eq!(fits(path, template), expected, "{path}");
        }
        assert!(fits("/", "/"));
        assert!(fits("/caf%C3%A9/", "/café/"));
    }
}
