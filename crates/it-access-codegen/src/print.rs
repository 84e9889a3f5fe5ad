//! Prints a file item by item, and lets go of each, so that the tree of a large document is never there as a whole: to
//! get memory for it takes the system longer than it takes to print it.

use proc_macro2::{Ident, Span};
use syn::{File, Item, ItemMod, Token, Visibility, token::Brace};

use crate::Error;

/// Prints items, those of modules too, each after a last step.
pub(crate) fn items(
    items: Vec<Item>,
    finish: &impl Fn(&mut Item) -> Result<(), Error>,
) -> Result<String, Error> {
    let mut text = String::new();
    for mut item in items {
        let content = match &mut item {
            Item::Mod(module) => module.content.as_mut().map(|(_, items)| std::mem::take(items)),
            _ => None,
        };
        finish(&mut item)?;
        let printed = print(item);
        match content {
            Some(content) if !content.is_empty() => {
                text += &with_content(&printed, content, finish)?
            }
            _ => text += &printed,
        }
    }
    Ok(text)
}

/// Puts items into a module that is printed without any.
fn with_content(
    module: &str,
    items: Vec<Item>,
    finish: &impl Fn(&mut Item) -> Result<(), Error>,
) -> Result<String, Error> {
    let (head, end) = module.split_at(module.rfind('}').unwrap_or_default());
    let mut text = head.to_owned();
    if !head.ends_with('\n') {
        text.push('\n');
    }
    for mut item in items {
        finish(&mut item)?;
        let module = print(module_of(item));
        let printed = module.strip_prefix(HEAD).and_then(|it| it.strip_suffix(END));
        text += printed.ok_or_else(|| Error::UnexpectedOutput(module.clone()))?;
    }
    Ok(text + end)
}

/// How a module begins and ends that has nothing but items.
const HEAD: &str = "mod m {\n";
const END: &str = "}\n";

/// An item as it is indented.
fn module_of(item: Item) -> Item {
    Item::Mod(ItemMod {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        unsafety: None,
        mod_token: <Token![mod]>::default(),
        ident: Ident::new("m", Span::call_site()),
        content: Some((Brace::default(), vec![item])),
        semi: None,
    })
}

fn print(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}
