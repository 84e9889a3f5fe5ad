//! Chromium without a window, steered by its DevTools protocol.

use std::{
    io::{BufRead, BufReader},
    net::TcpStream,
    process::{Command, Stdio},
    time::Duration,
};

use anyhow::{Context, bail, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use tempfile::TempDir;
use tungstenite::{Message, WebSocket};

use crate::process::Background;

/// The names under which systems install it.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// How long it may take for an answer.
const PATIENCE: Duration = Duration::from_secs(60);

/// A size of the window and a colour scheme.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub(super) name: &'static str,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) scheme: &'static str,
}

/// A browser with one page. It ends when it is dropped.
pub(super) struct Chromium {
    socket: WebSocket<TcpStream>,
    session: Option<String>,
    last_id: u64,
    /// What the browser has told unasked.
    events: Vec<Value>,
    /// The pages that were opened.
    opened: Vec<String>,
    // Ends before its profile is deleted.
    _process: Background,
    _profile: TempDir,
}

impl Chromium {
    pub(super) fn start() -> anyhow::Result<Self> {
        let profile = tempfile::tempdir()?;
        let (process, endpoint) = launch(&profile)?;
        let host = endpoint.trim_start_matches("ws://").split('/').next().unwrap_or_default();
        let stream = TcpStream::connect(host)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let (socket, _) = tungstenite::client(&endpoint, stream)?;
        let mut chromium = Self {
            socket,
            session: None,
            last_id: 0,
            events: Vec::new(),
            opened: Vec::new(),
            _process: process,
            _profile: profile,
        };
        let target = chromium.command("Target.createTarget", json!({"url": "about:blank"}))?;
        let target = json!({"targetId": target["targetId"], "flatten": true});
        let session = chromium.command("Target.attachToTarget", target)?;
        chromium.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            chromium.command(&format!("{domain}.enable"), json!({}))?;
        }
        chromium.command(
            "Browser.grantPermissions",
            json!({"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}),
        )?;
        Ok(chromium)
    }

    pub(super) fn version(&mut self) -> anyhow::Result<String> {
        let version = self.command("Browser.getVersion", json!({}))?;
        Ok(version["product"].as_str().unwrap_or_default().to_owned())
    }

    pub(super) fn look(&mut self, look: Look) -> anyhow::Result<()> {
        let Look { width, height, scheme, .. } = look;
        self.command(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}),
        )?;
        let scheme = json!({"name": "prefers-color-scheme", "value": scheme});
        self.command("Emulation.setEmulatedMedia", json!({"features": [scheme]}))?;
        Ok(())
    }

    /// Opens a page, and waits until all has loaded.
    pub(super) fn open(&mut self, url: &str) -> anyhow::Result<()> {
        self.opened.push(url.to_owned());
        let loaded = self.count("Page.loadEventFired");
        self.command("Page.navigate", json!({"url": url}))?;
        while self.count("Page.loadEventFired") == loaded {
            let message = self.receive()?;
            self.events.push(message);
        }
        Ok(())
    }

    /// How many pages were opened.
    pub(super) fn opened(&self) -> usize {
        self.opened.len()
    }

    pub(super) fn allow_script(&mut self, allow: bool) -> anyhow::Result<()> {
        self.command("Emulation.setScriptExecutionDisabled", json!({"value": !allow}))?;
        Ok(())
    }

    /// The value of an expression of JavaScript, on the page.
    pub(super) fn evaluate(&mut self, expression: &str) -> anyhow::Result<Value> {
        let answer = self.command(
            "Runtime.evaluate",
            json!({"expression": expression, "returnByValue": true, "awaitPromise": true}),
        )?;
        if let Some(exception) = answer.get("exceptionDetails") {
            bail!("{expression}: {}", exception["exception"]["description"]);
        }
        Ok(answer["result"]["value"].clone())
    }

    /// Clicks in the middle of the element that an expression gives.
    pub(super) fn click(&mut self, element: &str) -> anyhow::Result<()> {
        let place = self.evaluate(&format!(
            "(element => {{
                element.scrollIntoView({{block: 'center'}});
                const box = element.getBoundingClientRect();
                return [box.x + box.width / 2, box.y + box.height / 2];
            }})({element})"
        ))?;
        for kind in ["mousePressed", "mouseReleased"] {
            self.command(
                "Input.dispatchMouseEvent",
                json!({"type": kind, "x": place[0], "y": place[1], "button": "left", "clickCount": 1}),
            )?;
        }
        Ok(())
    }

    /// Types a text where the focus is.
    pub(super) fn write(&mut self, text: &str) -> anyhow::Result<()> {
        self.command("Input.insertText", json!({"text": text}))?;
        Ok(())
    }

    /// Presses a key.
    pub(super) fn press(&mut self, key: &str) -> anyhow::Result<()> {
        for kind in ["rawKeyDown", "keyUp"] {
            self.command("Input.dispatchKeyEvent", json!({"type": kind, "key": key}))?;
        }
        Ok(())
    }

    /// A picture of the whole page, as a PNG.
    pub(super) fn picture(&mut self) -> anyhow::Result<Vec<u8>> {
        let picture = self.command(
            "Page.captureScreenshot",
            json!({"captureBeyondViewport": true, "format": "png"}),
        )?;
        Ok(BASE64_STANDARD.decode(picture["data"].as_str().unwrap_or_default())?)
    }

    /// How many requests there were, those for the pages themselves included.
    pub(super) fn requests(&self) -> usize {
        self.count("Network.requestWillBeSent")
    }

    /// What was wrong so far: requests for anything but the opened pages, and whatever the console shows.
    pub(super) fn problems(&self) -> Vec<String> {
        let foreign = self.events_of("Network.requestWillBeSent").filter_map(|event| {
            let url = event["request"]["url"].as_str().unwrap_or_default();
            let own = url.starts_with("data:") || self.opened.iter().any(|opened| opened == url);
            (!own).then(|| format!("asked for {url}"))
        });
        let failed = self
            .events_of("Network.loadingFailed")
            .map(|event| format!("could not load: {}", event["errorText"]));
        let thrown = self.events_of("Runtime.exceptionThrown").map(|event| {
            format!("threw: {}", event["exceptionDetails"]["exception"]["description"])
        });
        let logged =
            self.events_of("Log.entryAdded").map(|event| event["entry"]["text"].to_string());
        foreign.chain(failed).chain(thrown).chain(logged).collect()
    }

    fn count(&self, method: &'static str) -> usize {
        self.events_of(method).count()
    }

    fn events_of(&self, method: &'static str) -> impl Iterator<Item = &Value> {
        let events = self.events.iter().filter(move |event| event["method"] == method);
        events.map(|event| &event["params"])
    }

    fn command(&mut self, method: &str, parameters: Value) -> anyhow::Result<Value> {
        self.last_id += 1;
        let mut message = json!({"id": self.last_id, "method": method, "params": parameters});
        if let Some(session) = &self.session {
            message["sessionId"] = session.as_str().into();
        }
        self.socket.send(Message::text(message.to_string()))?;
        loop {
            let mut message = self.receive()?;
            if message["id"] == self.last_id {
                ensure!(message.get("error").is_none(), "{method}: {}", message["error"]);
                return Ok(message["result"].take());
            }
            self.events.push(message);
        }
    }

    fn receive(&mut self) -> anyhow::Result<Value> {
        loop {
            if let Message::Text(text) = self.socket.read().context("Chromium does not answer")? {
                return Ok(serde_json::from_str(&text)?);
            }
        }
    }
}

/// Starts the browser, and returns where it can be steered.
fn launch(profile: &TempDir) -> anyhow::Result<(Background, String)> {
    let started = NAMES.iter().find_map(|name| {
        Command::new(name)
            // In a container the sandbox cannot be set up, and shared memory is scarce. The pages are our own.
            .args([
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
            ])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .arg("about:blank")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .ok()
    });
    let mut process = started.context("Chromium is needed: apt-get install chromium")?;
    let stderr = process.stderr.take().context("Chromium's standard error")?;
    let process = Background(process);
    let lines = BufReader::new(stderr).lines().map_while(Result::ok);
    let endpoint = lines
        .into_iter()
        .find_map(|line| line.strip_prefix("DevTools listening on ").map(str::to_owned));
    Ok((process, endpoint.context("Chromium did not start")?))
}
