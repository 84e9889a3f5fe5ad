//! The pages in a real browser: what a reader does works, and nothing is asked of anyone.

mod checks;
mod chromium;

use std::{fs, path::Path};

use anyhow::{Context, ensure};

use checks::{contrast, overflow, read, unfold, without_script};
use chromium::{Chromium, Look};

/// The reference, and what it is compared with: a search and what it leads to, and an example as it was written.
pub(super) struct Reading<'a> {
    /// What is looked for.
    pub(super) search: &'a str,
    /// By what a section that holds it can be linked to, and one that does not.
    pub(super) found: &'a str,
    pub(super) not_found: &'a str,
    /// An example by its summary, and its text.
    pub(super) example: (&'a str, &'a str),
    /// A name that stands in each of the alternatives of the request only.
    pub(super) alternatives: &'a [&'a str],
}

/// How people look at a page: from the desk and from the phone, by day and by night.
const LOOKS: [Look; 4] = [
    Look { name: "desk-light", width: 1280, height: 900, scheme: "light" },
    Look { name: "desk-dark", width: 1280, height: 900, scheme: "dark" },
    Look { name: "phone-light", width: 390, height: 844, scheme: "light" },
    Look { name: "phone-dark", width: 390, height: 844, scheme: "dark" },
];

/// Visits the pages in `folder`, reads the first of them, and says what was seen. Pictures of all go to `pictures`.
///
/// # Errors
///
/// If Chromium cannot be started, or a page does not do what it should.
pub(super) fn visit(
    folder: &Path,
    pages: &[&str],
    reading: &Reading<'_>,
    pictures: Option<&Path>,
) -> anyhow::Result<String> {
    let mut chromium = Chromium::start()?;
    for (page, look) in pages.iter().flat_map(|page| LOOKS.map(|look| (page, look))) {
        look_at(&mut chromium, &folder.join(page), look, pictures)
            .with_context(|| format!("{page}, {}", look.name))?;
    }
    let reference = folder.join(pages[0]);
    chromium.look(LOOKS[0])?;
    chromium.open(&url_of(&reference))?;
    read(&mut chromium, reading)?;
    without_script(&mut chromium, &url_of(&reference))?;

    let problems = chromium.problems();
    ensure!(problems.is_empty(), "{}", problems.join("\n"));
    let (opened, requests) = (chromium.opened(), chromium.requests());
    notices_foreign_requests(&mut chromium, &reference)?;
    let version = chromium.version()?;
    Ok(format!("{version}: opened {opened} pages, and {requests} requests were made"))
}

/// Looks at a page with all of it unfolded.
fn look_at(
    chromium: &mut Chromium,
    page: &Path,
    look: Look,
    pictures: Option<&Path>,
) -> anyhow::Result<()> {
    chromium.look(look)?;
    chromium.open(&url_of(page))?;
    unfold(chromium)?;
    overflow(chromium, look.width)?;
    contrast(chromium)?;
    if let Some(pictures) = pictures {
        let stem = page.file_stem().unwrap_or_default().to_string_lossy();
        fs::create_dir_all(pictures)?;
        fs::write(pictures.join(format!("{stem}-{}.png", look.name)), chromium.picture()?)?;
    }
    Ok(())
}

/// Spoils a copy of the page, to see that the visit would have noticed.
fn notices_foreign_requests(chromium: &mut Chromium, page: &Path) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let spoilt = folder.path().join("spoilt.html");
    let text = fs::read_to_string(page)?;
    let image = "<img src=\"https://host.invalid/image.png\" alt=\"\"></main>";
    fs::write(&spoilt, text.replace("</main>", image))?;
    chromium.open(&url_of(&spoilt))?;
    ensure!(!chromium.problems().is_empty(), "a foreign image went unnoticed");
    Ok(())
}

fn url_of(file: &Path) -> String {
    format!("file://{}", file.display())
}
