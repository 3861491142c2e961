//! Tests with parts that nobody here wrote: a browser, a Secret Service, a certified provider, a
//! terminal.
//!
//! A part that is missing fails its test. `tests/real/README.md` describes the scripts;
//! `.ci/run` installs what they need. Every part ends with the value that started it.

mod browser;
mod certified;
mod cli;
mod clients;
mod clock;
mod data_schema;
mod device;
mod full_disk;
mod homeless;
mod inspector;
mod jq;
mod keyring;
mod keyring_copies;
mod libraries;
mod manual_pages;
mod nextauth;
mod other_users;
mod postgres;
mod prosper;
mod proxies;
mod reverse_proxy;
mod secret_service;
mod shells;
mod terminal;
mod torture;

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

pub(crate) use cli::{Cli, Login};
pub(crate) use secret_service::{Policy, SecretService};

/// How long a part may take for one step before its test fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// A process that ends with this value.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// A node script of `tests/real`: lines in, JSON lines out, ended by closing its input.
struct Script {
    input: Option<ChildStdin>,
    lines: Receiver<Value>,
    _process: Process,
}

impl Script {
    fn start(name: &str, arguments: &[&str]) -> Self {
        Self::start_with(name, arguments, &[])
    }

    /// The same with some variables.
    fn start_with(name: &str, arguments: &[&str], variables: &[(&str, &Path)]) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/real");
        assert!(
            folder.join("node_modules").is_dir(),
            "run `npm ci` in tests/real first"
        );
        let mut child = Command::new("node")
            .arg(folder.join(name))
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node is installed");
        let input = child.stdin.take();
        let lines = json_lines(child.stdout.take().unwrap());
        Self {
            input,
            lines,
            _process: Process(child),
        }
    }

    fn next(&self) -> Value {
        self.lines
            .recv_timeout(PATIENCE)
            .expect("the script answers in time; its own words are above")
    }

    fn send(&mut self, line: &Value) {
        writeln!(self.input.as_mut().unwrap(), "{line}").unwrap();
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        // The script ends by itself when its input closes, and takes its browser with it.
        drop(self.input.take());
        while self.lines.recv_timeout(PATIENCE).is_ok() {}
    }
}

fn json_lines(stdout: ChildStdout) -> Receiver<Value> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            let value = serde_json::from_str(&line).expect("a script prints JSON lines only");
            if sender.send(value).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Debian's chromium without a window.
pub(crate) struct Browser {
    script: Script,
    asked: u64,
}

impl Browser {
    pub(crate) fn launch() -> Self {
        Self::with(&[])
    }

    /// Of a person with a home of their own, where the browser keeps the certificates that they trust.
    pub(crate) fn launch_at(home: &Path) -> Self {
        let data = home.join(".local/share");
        Self::with(&[("HOME", home), ("XDG_DATA_HOME", &data)])
    }

    fn with(variables: &[(&str, &Path)]) -> Self {
        let script = Script::start_with("browser.mjs", &[], variables);
        assert_eq!(script.next(), json!({ "ready": true }));
        Self { script, asked: 0 }
    }

    /// Does one command of `tests/real/README.md` in a tab, or says why it could not.
    pub(crate) fn attempt(&mut self, verb: &str, tab: &str, more: Value) -> Result<Value, String> {
        self.asked += 1;
        let mut command = json!({ "id": self.asked, "do": verb, "tab": tab });
        if let (Value::Object(all), Value::Object(more)) = (&mut command, more) {
            all.extend(more);
        }
        self.script.send(&command);
        let mut answer = self.script.next();
        assert_eq!(answer["id"], self.asked, "answers come in order");
        match answer["error"].as_str() {
            Some(reason) => Err(reason.to_owned()),
            None => Ok(answer["value"].take()),
        }
    }

    pub(crate) fn act(&mut self, verb: &str, tab: &str, more: Value) -> Value {
        self.attempt(verb, tab, more)
            .unwrap_or_else(|reason| panic!("`{verb}` in tab `{tab}`: {reason}"))
    }

    pub(crate) fn open(&mut self, tab: &str, url: &str) {
        self.act("open", tab, json!({ "url": url }));
    }

    pub(crate) fn click(&mut self, tab: &str, role: &str, name: &str) {
        self.act("click", tab, json!({ "role": role, "name": name }));
    }

    pub(crate) fn text(&mut self, tab: &str) -> String {
        self.act("text", tab, json!({}))
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// The entities on a consent page but one.
    pub(crate) fn other_entities(&mut self, tab: &str, shared: &str) -> Vec<String> {
        let names = self.act(
            "texts",
            tab,
            json!({ "selector": ".choice:has([name=entity]) strong" }),
        );
        let names = names.as_array().unwrap().iter();
        let names: Vec<_> = names
            .map(|name| name.as_str().unwrap().to_owned())
            .collect();
        assert!(names.len() > 1, "{names:?}");
        names
            .into_iter()
            .filter(|name| !name.contains(shared))
            .collect()
    }

    /// The addresses of all requests that a tab has made.
    pub(crate) fn requests(&mut self, tab: &str) -> Vec<String> {
        let requests = self.act("requests", tab, json!({}));
        let url = |request: &Value| request["url"].as_str().unwrap().to_owned();
        requests.as_array().unwrap().iter().map(url).collect()
    }
}

/// npm's oidc-provider on a free port.
pub(crate) struct Provider {
    script: Script,
    pub(crate) issuer: String,
    pub(crate) client_secret: String,
}

impl Provider {
    pub(crate) fn start(algorithm: &str, redirect_uri: &str, more: &[&str]) -> Self {
        let mut arguments = vec!["--alg", algorithm, "--redirect-uri", redirect_uri];
        arguments.extend_from_slice(more);
        let script = Script::start("provider.mjs", &arguments);
        let ready = script.next();
        assert_eq!(ready["event"], "ready");
        let text = |name: &str| ready[name].as_str().unwrap().to_owned();
        Self {
            issuer: text("issuer"),
            client_secret: text("client_secret"),
            script,
        }
    }

    /// The events since the last call, of one kind, without waiting for more.
    pub(crate) fn events(&self, kind: &str) -> Vec<Value> {
        let mut events: Vec<_> = self.script.lines.try_iter().collect();
        events.retain(|event| event["event"] == kind);
        events
    }
}
