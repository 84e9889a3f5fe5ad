//! Tables as Markdown, and the numbers in them.

/// A table whose first column is text, and the others numbers.
pub(crate) fn table(head: &[&str], rows: &[Vec<String>]) -> String {
    let line = |cells: &[&str]| format!("| {} |\n", cells.join(" | "));
    let rule: Vec<&str> = (0..head.len()).map(|at| if at == 0 { "---" } else { "---:" }).collect();
    let mut text = line(head) + &line(&rule);
    for row in rows {
        text += &line(&row.iter().map(String::as_str).collect::<Vec<_>>());
    }
    text
}

/// A whole number, its thousands apart.
pub(crate) fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{table, thousands};

    #[test]
    fn a_table_lines_numbers_up() {
        let text = table(&["way", "seconds"], &[vec!["ours".into(), "1.2".into()]]);
        assert_eq!(text, "| way | seconds |\n| --- | ---: |\n| ours | 1.2 |\n");
    }

    #[test]
    fn thousands_are_apart() {
        let cases = [(0.4, "0"), (999.0, "999"), (1000.0, "1,000"), (1_234_567.8, "1,234,568")];
        for (value, expected) in cases {
            assert_eq!(thousands(value), expected);
        }
    }
}
