//! Prints a file item by item, and lets go of each, so that the tree of a large document is never there as a whole: to
//! get memory for it takes the system longer than it takes to print it.

use std::collections::HashMap;

use proc_macro2::{Ident, Span};
use syn::{File, Item, ItemImpl, ItemMod, Token, Visibility, token::Brace};

use crate::{
    Error,
    amend::{finish, unread},
};

/// Prints items, and those of modules one by one.
pub(crate) fn items(items: Vec<Item>) -> Result<String, Error> {
    let mut text = String::new();
    for mut item in items {
        let content = match &mut item {
            Item::Mod(module) => module.content.as_mut().map(|(_, items)| std::mem::take(items)),
            _ => None,
        };
        finish(&mut item)?;
        let printed = print(item);
        match content {
            Some(content) if !content.is_empty() => text += &with_content(&printed, content)?,
            _ => text += &printed,
        }
    }
    Ok(text)
}

/// Puts items into a module that is printed without any.
fn with_content(module: &str, items: Vec<Item>) -> Result<String, Error> {
    let (head, end) = module.split_at(module.rfind('}').unwrap_or_default());
    let mut text = head.to_owned();
    if !head.ends_with('\n') {
        text.push('\n');
    }
    let mut bodies = Bodies::default();
    for item in items {
        text += &match item {
            Item::Impl(block) => bodies.print(block)?,
            item => indented(item)?,
        };
    }
    Ok(text + end)
}

/// What is in the impls of a type is often word by word what is in those of another: as it is written, and as it is
/// printed.
#[derive(Default)]
struct Bodies(HashMap<String, String>);

impl Bodies {
    fn print(&mut self, mut block: ItemImpl) -> Result<String, Error> {
        // Attributes could hold anything, and the first brace should be the impl's.
        let body = unread(&block).filter(|_| block.attrs.is_empty());
        let Some(body) = body.map(ToString::to_string) else {
            return indented(Item::Impl(block));
        };
        if let Some(printed) = self.0.get(&body) {
            block.items.clear();
            let empty = indented(Item::Impl(block))?;
            return Ok(format!("{}\n{printed}", empty.trim_end_matches("}\n")));
        }
        let whole = indented(Item::Impl(block))?;
        if let Some((_, printed)) = whole.split_once("{\n") {
            self.0.insert(body, printed.to_owned());
        }
        Ok(whole)
    }
}

/// How a module begins and ends that has nothing but items.
const HEAD: &str = "mod m {\n";
const END: &str = "}\n";

/// Prints an item as it stands in a module.
fn indented(mut item: Item) -> Result<String, Error> {
    finish(&mut item)?;
    let module = print(Item::Mod(ItemMod {
        attrs: Vec::new(),
        vis: Visibility::Inherited,
        unsafety: None,
        mod_token: <Token![mod]>::default(),
        ident: Ident::new("m", Span::call_site()),
        content: Some((Brace::default(), vec![item])),
        semi: None,
    }));
    let item = module.strip_prefix(HEAD).and_then(|it| it.strip_suffix(END));
    item.map(str::to_owned).ok_or_else(|| Error::UnexpectedOutput(module.clone()))
}

fn print(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}
