//! What somebody may have meant.

/// The candidate that is nearest to a misspelt name, if one is near enough to be meant.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // The distance takes time in proportion to the length, and nobody misspells that much.
    if name.len() > 200 {
        return None;
    }
    let plain = plain(name);
    candidates
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&plain, &self::plain(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= candidate.len() / 4 + 1)
        .min()
        .map(|(_, candidate)| candidate)
}

/// The name without what is most often mistaken: case, and how words are joined.
pub(crate) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
