//! The beginning of a text that a service sent, for a person to read.

/// The most that is read of a body, in bytes: what makes a page readable comes early, and a body may be huge.
const MOST_READ: usize = 4 * 1024;

/// The beginning of a body as one printable line of at most `longest` characters. `None` if there is nothing to read.
pub(crate) fn excerpt(body: &[u8], longest: usize) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(MOST_READ)]);
    let printable: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    let line = printable.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.is_empty() {
        return None;
    }
    match line.char_indices().nth(longest - 1) {
        Some((cut, _)) if line[cut..].chars().count() > 1 => Some(format!("{}…", &line[..cut])),
        _ => Some(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_excerpt_is_one_printable_line() {
        let cases = [
            ("", None),
            (" \r\n\t", None),
            ("<html>\r\n  <h1>Bad\tGateway</h1>", Some("<html> <h1>Bad Gateway</h1>")),
            ("\u{1b}[31mred\u{7}", Some("[31mred")),
        ];
        for (body, expected) in cases {
            assert_eq!(excerpt(body.as_bytes(), 200).as_deref(), expected);
        }
        assert_eq!(excerpt(b"\xff\xfe", 200), Some("\u{fffd}\u{fffd}".to_owned()));
        for (length, expected) in [(199, 199), (200, 200), (201, 200), (70_000, 200)] {
            let long = excerpt("é".repeat(length).as_bytes(), 200).unwrap();
            assert_eq!(long.chars().count(), expected);
            assert_eq!(long.ends_with('…'), length > 200);
        }
    }
}
