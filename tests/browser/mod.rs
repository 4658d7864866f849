//! A page in Debian's headless Chromium, driven over WebDriver.

use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use tempfile::TempDir;

const INSTALL: &str = "Chromium and ChromeDriver are needed: apt-get install chromium chromium-driver fonts-noto-cjk";

/// By this key WebDriver knows a reference to an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open browser. When it goes, so does all that it started, even when a test fails.
pub struct Browser {
    driver: Child,
    address: String,
    session: String,
    /// Of a user who was never here.
    profile: TempDir,
}

impl Browser {
    /// Opens a page and looks whether its script has run. `language` is that of the browser.
    pub fn open(page: &Path, language: &str) -> Self {
        let browser = Self::start(language);
        browser.post("url", &json!({ "url": format!("file://{}", page.display()) }));
        assert!(browser.run("return document.documentElement.dataset.ready").is_string(), "{:?}", browser.console());
        browser
    }

    pub fn start(language: &str) -> Self {
        let driver = Command::new("chromedriver").arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn();
        let mut driver = driver.unwrap_or_else(|error| panic!("chromedriver: {error}. {INSTALL}"));
        let address = format!("http://127.0.0.1:{}", port(&mut driver));
        let profile = tempfile::tempdir().unwrap();
        let mut browser = Self { driver, address, session: String::new(), profile };
        let asked = json!({ "capabilities": { "alwaysMatch": capabilities(language, browser.profile.path()) } });
        let url = format!("{}/session", browser.address);
        let started = answer(&url, Some(&asked)).unwrap_or_else(|error| panic!("{error}. {INSTALL}"));
        browser.session = started["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    /// What a script returns; it may await.
    pub fn run(&self, script: &str) -> Value {
        let script = format!(
            "const done = arguments[0]; (async () => {{ {script} }})().then(done, (error) => done(`${{error.stack}}`));"
        );
        self.post("execute/async", &json!({ "script": script, "args": [] }))
    }

    pub fn click(&self, selector: &str) {
        self.post(&format!("element/{}/click", self.find(selector)), &json!({}));
    }

    /// Types into an element.
    pub fn write(&self, selector: &str, text: &str) {
        self.post(&format!("element/{}/value", self.find(selector)), &json!({ "text": text }));
    }

    /// Presses a key, wherever the focus is.
    pub fn press(&self, key: &str) {
        let strokes = ["keyDown", "keyUp"].map(|stroke| json!({ "type": stroke, "value": key }));
        self.post("actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": strokes }] }));
    }

    /// Chooses an option of a select, as a reader would.
    pub fn choose(&self, selector: &str, value: &str) {
        self.click(&format!("{selector} option[value='{value}']"));
    }

    /// The text of each element, as the document has it.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let found = self.run(&format!("return [...document.querySelectorAll({selector:?})].map((e) => e.textContent)"));
        found.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        self.texts(selector).into_iter().next().unwrap_or_else(|| panic!("nothing is {selector}"))
    }

    pub fn count(&self, selector: &str) -> usize {
        self.texts(selector).len()
    }

    /// What the console was told since it was last asked: errors of scripts, and what the policy refused.
    pub fn console(&self) -> Vec<String> {
        let told = self.post("se/log", &json!({ "type": "browser" }));
        told.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned()).collect()
    }

    fn find(&self, selector: &str) -> String {
        let found = self.post("element", &json!({ "using": "css selector", "value": selector }));
        found[ELEMENT].as_str().unwrap().to_owned()
    }

    #[track_caller]
    fn post(&self, command: &str, body: &Value) -> Value {
        let url = format!("{}/session/{}/{command}", self.address, self.session);
        answer(&url, Some(body)).unwrap_or_else(|error| panic!("{command} {body}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // ChromeDriver closes its browsers before it ends; killed, it would leave them behind.
        let _ = answer(&format!("{}/shutdown", self.address), None);
        let _ = self.driver.wait();
    }
}

/// Asks ChromeDriver: what it answers is the value, or the error by its name with a message.
fn answer(url: &str, body: Option<&Value>) -> Result<Value, String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let answered = match body {
        Some(body) => agent.post(url).send_json(body),
        None => agent.get(url).call(),
    };
    let mut answered = answered.map_err(|error| error.to_string())?;
    let mut told: Value = answered.body_mut().read_json().map_err(|error| error.to_string())?;
    let value = told["value"].take();
    match value["error"].as_str() {
        Some(error) => Err(format!("{error}: {}", value["message"].as_str().unwrap_or_default())),
        None => Ok(value),
    }
}

/// ChromeDriver takes a free port and says which.
fn port(driver: &mut Child) -> u16 {
    let told = BufReader::new(driver.stdout.as_mut().unwrap()).lines().map(Result::unwrap);
    let mut started = told.filter(|line| line.contains("successfully on port"));
    let line = started.next().expect("ChromeDriver says on which port it listens");
    line.trim_end_matches('.').rsplit(' ').next().unwrap().parse().unwrap()
}

fn capabilities(language: &str, profile: &Path) -> Value {
    let mut arguments = vec![
        "--headless=new".to_owned(),
        // Chromium's own sandbox does not run as root, as in CI.
        "--no-sandbox".to_owned(),
        "--window-size=1500,950".to_owned(),
        format!("--user-data-dir={}", profile.display()),
    ];
    let quiet = ["gpu", "quic", "background-networking", "component-update", "sync", "dev-shm-usage"];
    arguments.extend(quiet.map(|part| format!("--disable-{part}")));
    json!({
        "goog:chromeOptions": {
            "args": arguments,
            "prefs": { "intl.accept_languages": language, "download.default_directory": profile },
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}
