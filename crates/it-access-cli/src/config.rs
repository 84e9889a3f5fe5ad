//! `it-access config`: each setting, its value, and who says so.

use std::io::{self, Write};

use comfy_table::{ContentArrangement, Table, presets};
use serde::Serialize;

use crate::{
    address::{HIDDEN, without_secrets},
    arguments::{Format, Options},
    credentials::{Credentials, Place},
    exit_status::ExitStatus,
    failure::Failure,
    settings::{self, Setting, Settings, Source},
    shown::shown,
};

/// A line of what is shown.
#[derive(Serialize)]
struct Line {
    name: &'static str,
    value: Option<String>,
    source: Option<Source>,
}

/// Shows where the settings file is.
pub(crate) fn show_path(options: &Options) -> Result<ExitStatus, Failure> {
    let path = settings::config_path(options).map_err(Failure::usage)?.value;
    shown(writeln!(io::stdout(), "{}", path.display()))
}

/// Shows all settings.
pub(crate) fn show(settings: &Settings<'_>) -> Result<ExitStatus, Failure> {
    let format = settings.format().map_err(Failure::usage)?.value;
    let lines = lines(settings).map_err(Failure::usage)?;
    shown(write(format, &lines))
}

fn lines(settings: &Settings<'_>) -> anyhow::Result<Vec<Line>> {
    let file = settings::config_path(settings.options)?;
    let profile = settings.profile.as_ref();
    let mut lines = vec![
        line("config", file.map(|path| path.display().to_string())),
        match profile {
            Some(Setting { value, source }) => Line {
                name: "profile",
                value: Some(value.name.to_string()),
                source: Some(source.clone()),
            },
            None => Line { name: "profile", value: None, source: None },
        },
        // One that a client would refuse may have a secret in it.
        line("base-url", settings.base_url()?.map(|url| without_secrets(&url))),
    ];
    match Credentials::choose(settings)? {
        None => lines.push(Line { name: "token", value: None, source: None }),
        Some(Credentials::Token(place)) => lines.push(line("token", place.map(hidden))),
        Some(Credentials::Client { id, secret }) => {
            lines.extend([line("client-id", id), line("client-secret", secret.map(hidden))]);
        }
    }
    lines.extend([
        line("timeout", settings.timeout()?.map(|timeout| format!("{} s", timeout.as_secs()))),
        line("attempts", settings.attempts()?.map(|attempts| attempts.to_string())),
        line("batch-size", settings.batch_size(None)?.map(|size| size.to_string())),
        line("quota-store", settings.quota_store(None)?.map(|store| store.to_string())),
        line("jobs-dir", settings.jobs_dir(None)?.map(|folder| folder.display().to_string())),
        line("format", settings.format()?.map(|format| format.to_string())),
    ]);
    Ok(lines)
}

fn line(name: &'static str, setting: Setting<String>) -> Line {
    Line { name, value: Some(setting.value), source: Some(setting.source) }
}

fn hidden(place: Place) -> String {
    match place {
        Place::Variable(name) => format!("{HIDDEN}, in {name}"),
        place => format!("{HIDDEN}, in {place}"),
    }
}

fn write(format: Format, lines: &[Line]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match format {
        Format::Table => writeln!(out, "{}", table(lines))?,
        Format::Json => {
            serde_json::to_writer_pretty(&mut out, lines)?;
            writeln!(out)?;
        }
        Format::Ndjson => {
            for line in lines {
                serde_json::to_writer(&mut out, line)?;
                writeln!(out)?;
            }
        }
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(&mut out);
            writer.write_record(["name", "value", "source"])?;
            for line in lines {
                let [value, source] = texts(line);
                writer.write_record([line.name, &value, &source])?;
            }
            writer.flush()?;
        }
    }
    out.flush()
}

fn table(lines: &[Line]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(["SETTING", "VALUE", "SOURCE"]);
    for line in lines {
        let [value, source] = texts(line);
        table.add_row([line.name, &value, &source]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

fn texts(Line { value, source, .. }: &Line) -> [String; 2] {
    let source = source.as_ref().map(Source::to_string);
    [value.clone().unwrap_or_default(), source.unwrap_or_default()]
}
