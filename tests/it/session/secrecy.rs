//! No secret anywhere but where it was asked for: not in any output, at any level, in any fault,
//! nor in a file beside the store.

use std::path::Path;

use crate::run::Run;
use crate::world::World;

const SECRET: &str = "canary secret/+%";

/// All that was said, and all that must never be.
struct Watch {
    world: World,
    outputs: Vec<(String, String)>,
    secrets: Vec<String>,
}

impl Watch {
    fn new() -> Self {
        let mut world = World::new();
        world.set("EPROSPERA_CLIENT_ID", "it-web");
        world.set("EPROSPERA_CLIENT_SECRET", SECRET);
        world.set("EPROSPERA_STORE_KEY", "a canary passphrase");
        world.set("EPROSPERA_RETRIES", "1");
        world.client_id = "it-web";
        let secrets = vec![SECRET.to_owned(), "canary".to_owned()];
        Self {
            world,
            outputs: Vec::new(),
            secrets,
        }
    }

    fn note(&mut self, what: &str, run: Run) {
        let output = run.0;
        self.outputs
            .push((what.to_owned(), output.stdout + &output.stderr));
        if let Some(record) = self.world.record() {
            let tokens = [
                record.access.map(|access| access.token),
                record.refresh.map(|refresh| refresh.token),
                record.id_token.map(|id| id.token),
                Some(record.rescue_key),
            ];
            let known = tokens
                .into_iter()
                .flatten()
                .map(|token| token.expose().to_owned());
            self.secrets.extend(known);
        }
    }

    fn run(&mut self, arguments: &[&str]) {
        for level in [&[][..], &["-vv"], &["--output", "table", "-vv"]] {
            let run = self.world.run(&[level, arguments].concat());
            self.note(&arguments.join(" "), run);
        }
    }

    fn login(&mut self, flags: &[&str]) {
        let mut login = self.world.start_login(&[&["-vv"], flags].concat());
        let page = login.visit();
        self.secrets.extend(page.code());
        self.outputs.push(("the final page".to_owned(), page.text));
        let run = login.end();
        self.note("login", run);
    }

    fn assert_silence(&mut self) {
        let request_log = serde_json::to_string(&self.world.sandbox().request_log()).unwrap();
        self.outputs
            .push(("the request log".to_owned(), request_log));
        self.secrets.sort();
        self.secrets.dedup();
        for secret in &self.secrets {
            for (what, text) in &self.outputs {
                assert!(
                    !text.contains(secret.as_str()),
                    "{secret} is in the output of {what}: {text}"
                );
            }
        }
        let mut places = vec![self.world.path("")];
        while let Some(place) = places.pop() {
            for entry in std::fs::read_dir(&place).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    places.push(path);
                } else {
                    self.assert_clean(&path);
                }
            }
        }
    }

    /// The store is plain, as was asked for; everything else is not to know a secret.
    fn assert_clean(&self, path: &Path) {
        let is_store = path.parent() == Some(&self.world.path("state/sessions"))
            && path
                .extension()
                .is_some_and(|extension| extension == "json");
        let text = String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
        let leaked = self
            .secrets
            .iter()
            .any(|secret| text.contains(secret.as_str()));
        assert!(is_store || !leaked, "a secret is in {}", path.display());
    }
}

#[test]
fn no_command_shows_a_secret() {
    let mut watch = Watch::new();
    watch.login(&[]);
    watch.login(&["--response-mode", "form_post"]);
    for command in [
        &["whoami"][..],
        &["me", "natural-person"],
        &["refresh"],
        &["status"],
        &["status", "--check"],
        &["decode-id-token"],
        &["profile", "list"],
        &["profile", "show"],
        &["exec", "--", "env", "-u", "EPROSPERA_TOKEN"],
        &["api", "/api/v1/me/natural-person", "--include"],
        &["api", "POST", "/api/oauth/userinfo", "-f", "a=b"],
        &["api", "/x", "-f", "a=b", "--dry-run"],
        &["api", "https://evil.example/"],
        &["introspect"],
        &["whoami", "--jq", "."],
        &["whoami", "--jq", "[env, $ENV]"],
        &["status", "--fields", "session,nothing"],
        &["session", "export", "--copy"],
        &["session", "export", "--copy", "copy.sealed"],
        &["session", "import", "copy.sealed"],
        &["session", "rekey"],
        &["session", "export", "moved.sealed"],
        &["session", "import", "moved.sealed"],
        &["logout"],
    ] {
        watch.run(command);
    }
    watch.assert_silence();
}

#[test]
fn no_failure_shows_a_secret() {
    let mut watch = Watch::new();
    watch.login(&[]);
    for rule in [
        "me:html",
        "me:garbage",
        "me:401",
        "me:403",
        "me:500",
        "me:half-body",
    ] {
        watch.world.fault(rule);
        watch.run(&["me", "natural-person"]);
        watch.run(&["api", "/api/v1/me/natural-person", "--include"]);
        watch.world.sandbox().clear_faults();
    }
    for rule in [
        "token:html*1",
        "token:garbage*1",
        "token:500*1",
        "token:error=invalid_client*1",
        "id_token:bad-signature*1",
        "id_token:wrong-sub*1",
    ] {
        watch.world.fault(rule);
        watch.run(&["refresh"]);
        watch.world.sandbox().clear_faults();
    }
    for rule in [
        "id_token:bad-nonce*1",
        "token:500*1",
        "token:half-body*1",
        "jwks:garbage*1",
        "userinfo:500*1",
    ] {
        watch.world.fault(rule);
        watch.login(&[]);
        watch.world.sandbox().clear_faults();
    }
    watch.assert_silence();
}

#[test]
fn what_variables_and_stdin_give_is_not_shown() {
    let mut watch = Watch::new();
    watch.login(&[]);
    let seed = watch.world.refresh_token();
    let text = format!("{seed}\n");
    let run = watch
        .world
        .run_with_stdin(&["-vv", "login", "--with-token"], &text);
    watch.note("login --with-token", run);
    let live = watch.world.refresh_token();
    watch.secrets.extend([seed, live.clone()]);
    std::fs::remove_dir_all(watch.world.path("state")).unwrap();
    watch.world.set("EPROSPERA_REFRESH_TOKEN", &live);
    for command in [&["status"][..], &["whoami"], &["status"]] {
        watch.run(command);
    }
    watch.world.set("EPROSPERA_TOKEN", "at_canary");
    for command in [&["status", "--check"][..], &["whoami"], &["refresh"]] {
        watch.run(command);
    }
    watch.run(&["logout"]);
    watch.assert_silence();
}

#[test]
fn a_store_that_fails_shows_no_secret_and_leaves_none_in_its_rescue_file() {
    let mut watch = Watch::new();
    watch.login(&[]);
    let record = watch.world.session_file();
    let name = record.file_name().unwrap().to_string_lossy().into_owned();
    let block = record.with_file_name(format!(".{name}.block"));
    std::fs::create_dir(&block).unwrap();
    watch.run(&["refresh"]);
    watch.run(&["status"]);
    assert!(record.with_file_name(format!("{name}.rescue")).exists());
    watch.assert_silence();
    std::fs::remove_dir(&block).unwrap();
    watch.run(&["whoami"]);
    watch.assert_silence();
}

#[test]
fn a_damaged_session_is_not_quoted() {
    let world = World::signed_in();
    let (access, refresh) = (world.access_token(), world.refresh_token());
    let file = world.session_file();
    let text = std::fs::read_to_string(&file).unwrap();
    crate::world::write(&file, text.replace("access", "bccess").as_bytes());
    for command in ["token", "status", "whoami", "logout"] {
        let output = world.run(&[command, "-vv"]).0;
        for secret in [&access, &refresh] {
            assert!(
                !output.stdout.contains(secret) && !output.stderr.contains(secret),
                "{command}"
            );
        }
    }
}
