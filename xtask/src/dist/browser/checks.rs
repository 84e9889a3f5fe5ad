//! What is checked of a page.

use anyhow::ensure;
use serde_json::Value;

use super::{Chromium, Reading};

/// Opens all that can be opened, at the same time.
pub(super) fn unfold(chromium: &mut Chromium) -> anyhow::Result<()> {
    chromium.evaluate(
        "for (const details of document.querySelectorAll('main details')) {
            details.removeAttribute('name');
            details.open = true;
        }",
    )?;
    Ok(())
}

/// Nothing is wider than the window, which is `width` wide. (A phone would show a window as wide as what is in it.)
pub(super) fn overflow(chromium: &mut Chromium, width: u32) -> anyhow::Result<()> {
    let shown = chromium.evaluate("document.documentElement.scrollWidth")?;
    ensure!(shown == width, "the page is {shown} wide, the window {width}");
    Ok(())
}

/// Every text stands out from what is behind it as WCAG 2.2 demands: 4.5 to 1.
pub(super) fn contrast(chromium: &mut Chromium) -> anyhow::Result<()> {
    let faint = chromium.evaluate(include_str!("contrast.js"))?;
    ensure!(faint == Value::Array(Vec::new()), "hard to read: {faint}");
    Ok(())
}

/// A reader searches, opens both alternatives of the request, and reads and copies an example.
pub(super) fn read(chromium: &mut Chromium, reading: &Reading<'_>) -> anyhow::Result<()> {
    search(chromium, reading)?;
    expand_alternatives(chromium, reading.alternatives)?;
    read_example(chromium, reading.example)
}

fn search(chromium: &mut Chromium, reading: &Reading<'_>) -> anyhow::Result<()> {
    let visible = |id: &str| format!("document.getElementById('{id}').checkVisibility()");
    let (found, not_found) = (visible(reading.found), visible(reading.not_found));
    chromium.press("/")?;
    chromium.write(reading.search)?;
    ensure!(chromium.evaluate(&found)? == true, "the search does not find #{}", reading.found);
    ensure!(chromium.evaluate(&not_found)? == false, "the search shows #{}", reading.not_found);
    let count = chromium.evaluate("document.querySelector('#found').value")?;
    let shown =
        chromium.evaluate("document.querySelectorAll('[data-block]:not([hidden])').length")?;
    let said = count.as_str().and_then(|count| count.split(' ').next());
    ensure!(said == Some(shown.to_string().as_str()), "{shown} sections, but it says {count}");
    chromium.press("Escape")?;
    ensure!(chromium.evaluate(&not_found)? == true, "Escape does not end the search");
    Ok(())
}

fn expand_alternatives(chromium: &mut Chromium, names: &[&str]) -> anyhow::Result<()> {
    const OPEN: &str = "[...document.querySelectorAll('[id$=-request] .alternative')]";
    for (index, name) in names.iter().enumerate() {
        if chromium.evaluate(&format!("{OPEN}[{index}].open"))? == false {
            chromium.click(&format!("{OPEN}[{index}].querySelector('summary')"))?;
        }
        let shown = chromium.evaluate(&format!(
            "[...{OPEN}[{index}].querySelectorAll('.name')].some(name => \
             name.textContent === '{name}' && name.checkVisibility({{contentVisibilityAuto: true}}))"
        ))?;
        ensure!(shown == true, "alternative {} does not show `{name}`", index + 1);
    }
    let open = chromium.evaluate(&format!("{OPEN}.filter(one => one.open).length"))?;
    ensure!(open == names.len(), "{open} alternatives are open, not {}", names.len());
    Ok(())
}

fn read_example(chromium: &mut Chromium, (summary, text): (&str, &str)) -> anyhow::Result<()> {
    let example = format!(
        "[...document.querySelectorAll('.sample > summary')]\
         .find(one => one.textContent === {}).parentElement",
        Value::from(summary)
    );
    chromium.click(&format!("{example}.querySelector('summary')"))?;
    ensure!(chromium.evaluate(&format!("{example}.open"))? == true, "the example stays closed");
    let shown = chromium.evaluate(&format!("{example}.querySelector('pre > code').innerText"))?;
    ensure!(shown == text.trim_end(), "the example reads {shown}");
    chromium.click(&format!("{example}.querySelector('.copy')"))?;
    let copied = chromium.evaluate("navigator.clipboard.readText()")?;
    ensure!(copied == text.trim_end(), "copied was {copied}");
    Ok(())
}

/// Without its script the page shows everything but the search.
pub(super) fn without_script(chromium: &mut Chromium, url: &str) -> anyhow::Result<()> {
    chromium.allow_script(false)?;
    chromium.open(url)?;
    let hidden = chromium.evaluate(
        "[...document.querySelectorAll('[data-block], #search-form, .copy')]\
         .filter(one => !one.checkVisibility()).map(one => one.id)",
    )?;
    let found = chromium.evaluate("document.querySelectorAll('.copy').length")?;
    chromium.allow_script(true)?;
    ensure!(found == 0, "the script ran");
    ensure!(hidden == serde_json::json!(["search-form"]), "hidden without script: {hidden}");
    Ok(())
}
