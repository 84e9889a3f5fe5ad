//! What was perhaps meant by a name that does not exist.

/// So alike must two names be, from 0 to 1, that one is perhaps meant by the other.
const ALIKE: f64 = 0.7;

/// The name that is most like another, if one is.
pub(crate) fn similar<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let rated = names.into_iter().map(|other| (strsim::jaro(name, other), other));
    let (alike, other) = rated.max_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (alike > ALIKE).then_some(other)
}
