//! The variables of progenitor's methods, which it gives underscores in front where a parameter has their name.

use syn::Ident;

/// Whether a variable is progenitor's own of this name. No parameter begins with an underscore, unless a digit follows.
pub(super) fn is_own_variable(variable: &Ident, name: &str) -> bool {
    variable.to_string().trim_start_matches('_') == name
}
