//! No secret leaves by a side door: outputs, files, arguments and the environment of
//! children are searched for every secret that a session has had.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::run::{Output, Run};
use crate::world::World;

use super::report::Table;
use super::tracer::Tracer;

const CLIENT_SECRET: &str = "canary secret/+%";

/// All secrets so far, and all places where none may be.
struct Search {
    world: World,
    tracer: Tracer,
    secrets: BTreeSet<String>,
    said: Vec<(String, String)>,
    started: Vec<String>,
    commands: usize,
}

impl Search {
    fn new() -> Self {
        let mut world = World::new();
        world.encrypt();
        world.set("EPROSPERA_CLIENT_ID", "it-web");
        world.set("EPROSPERA_CLIENT_SECRET", CLIENT_SECRET);
        world.client_id = "it-web";
        let tracer = Tracer::new(&world);
        let forms = [CLIENT_SECRET, "canary+secret", "canary%20secret"];
        let mut secrets: BTreeSet<_> = forms.map(str::to_owned).into();
        secrets.insert(store_key(&world));
        Self {
            world,
            tracer,
            secrets,
            said: Vec::new(),
            started: Vec::new(),
            commands: 0,
        }
    }

    /// Learns what a run sent, started and stored.
    fn note(&mut self, what: &str, output: &Output, stdout: &str) {
        self.commands += 1;
        self.said.push((what.to_owned(), output.stderr.clone()));
        self.said.push((what.to_owned(), stdout.to_owned()));
        let lines = self.tracer.lines();
        for name in ["code_verifier=", "code="] {
            self.secrets.extend(values(&lines, name));
        }
        let started = lines.into_iter().filter(|line| line.contains("execve("));
        // The first one is the command itself, whose environment is the user's.
        self.started.extend(started.skip(1));
        let Some(record) = self.world.record() else {
            return;
        };
        let tokens = [
            record.access.map(|access| access.token),
            record.refresh.map(|refresh| refresh.token),
            record.id_token.map(|id| id.token),
        ];
        for token in tokens.into_iter().flatten() {
            self.secrets.insert(token.expose().to_owned());
        }
    }

    fn run(&mut self, arguments: &[&str]) {
        for level in [&["-vv"][..], &["--output", "table", "-vv"]] {
            let command = self.world.command(&[arguments, level].concat());
            let Run(output) = self.world.finish(self.tracer.spy(&command));
            // It prints what it was asked for.
            let is_token = arguments.first() == Some(&"token");
            let stdout = if is_token { "" } else { &output.stdout };
            self.note(&arguments.join(" "), &output, stdout);
        }
    }

    fn login(&mut self, flags: &[&str]) {
        let opener = self.world.script("opener", "env > \"$HOME/opened\"");
        let arguments = [&["login", "-vv", "--browser", &opener], flags].concat();
        let command = self.tracer.spy(&self.world.command(&arguments));
        let mut login = self.world.start(command);
        drop(login.visit());
        let Run(output) = login.end();
        self.note("login", &output, &output.stdout);
    }

    /// How often a secret was found, and where.
    fn finds(&self) -> Vec<String> {
        let mut finds = Vec::new();
        let mut look = |place: &str, text: &str| {
            let found = self.secrets.iter().filter(|secret| text.contains(*secret));
            finds.extend(found.map(|secret| format!("{secret} in {place}: {text}")));
        };
        for (what, text) in &self.said {
            look(what, text);
        }
        for line in &self.started {
            look("a started program", line);
        }
        let request_log = serde_json::to_string(&self.world.sandbox().request_log()).unwrap();
        look("the request log", &request_log);
        for file in self.files() {
            let text = std::fs::read(&file).unwrap();
            look(&file.display().to_string(), &String::from_utf8_lossy(&text));
        }
        finds
    }

    /// Every file of the user but the tracer's log. The store's are encrypted.
    fn files(&self) -> Vec<PathBuf> {
        let mut folders = vec![self.world.path("")];
        let mut files = Vec::new();
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path != self.world.path("trace") {
                    files.push(path);
                }
            }
        }
        files
    }
}

fn store_key(world: &World) -> String {
    let command = world.command(&[]);
    let mut variables = command.as_std().get_envs();
    let key = variables.find(|(name, _)| *name == "EPROSPERA_STORE_KEY");
    let key = key.and_then(|(_, value)| value).unwrap();
    key.to_str().unwrap().to_owned()
}

/// The values of a form field in what was sent.
fn values(lines: &[String], name: &str) -> Vec<String> {
    let is_form = |line: &&String| line.contains("grant_type=");
    let after = |line: &String| {
        let fields = line.split(['&', '"']);
        let field = fields.filter_map(|field| field.strip_prefix(name));
        field.map(str::to_owned).collect::<Vec<_>>()
    };
    lines.iter().filter(is_form).flat_map(after).collect()
}

const COMMANDS: [&[&str]; 10] = [
    &["token"],
    &["whoami"],
    &["me", "natural-person"],
    &["refresh"],
    &["status"],
    &["status", "--check"],
    &["decode-id-token"],
    &["profile", "list"],
    &["profile", "show"],
    &["refresh", "--scope", "openid offline_access"],
];

const FAULTS: [(&str, &[&str]); 16] = [
    ("me:html*2", &["me", "natural-person"]),
    ("me:garbage*2", &["me", "natural-person"]),
    ("me:401*1", &["me", "natural-person"]),
    ("me:403*2", &["me", "natural-person"]),
    ("me:500*2", &["me", "natural-person"]),
    ("me:half-body*2", &["me", "natural-person"]),
    ("userinfo:garbage*2", &["whoami"]),
    ("token:html*1", &["refresh"]),
    ("token:garbage*1", &["refresh"]),
    ("token:500*1", &["refresh"]),
    ("token:huge*1", &["refresh"]),
    ("token:429=3*1", &["refresh"]),
    ("token:error=invalid_client*1", &["refresh"]),
    ("id_token:bad-signature*1", &["refresh"]),
    ("id_token:wrong-sub*1", &["refresh"]),
    ("jwks:garbage*1", &["decode-id-token"]),
];

const LOGIN_FAULTS: [&str; 5] = [
    "id_token:bad-nonce*1",
    "token:500*1",
    "token:half-body*1",
    "jwks:garbage*1",
    "userinfo:500*1",
];

#[test]
fn no_canary_is_found_where_none_may_be() {
    let mut search = Search::new();
    search.login(&[]);
    search.login(&["--response-mode", "form_post"]);
    for command in COMMANDS {
        search.run(command);
    }
    search.login(&[]);
    for (rule, command) in FAULTS {
        search.world.fault(rule);
        search.run(command);
        search.world.sandbox().clear_faults();
        // What a fault left unknown is settled, so that the next one is met.
        search.login(&[]);
    }
    for rule in LOGIN_FAULTS {
        search.world.fault(rule);
        search.login(&[]);
        search.world.sandbox().clear_faults();
    }
    search.world.fault("token:drop-after-commit*1");
    search.world.run(&["refresh"]).exits(11);
    search.world.expire_access_token();
    search.run(&["token"]);
    search.login(&[]);
    search.run(&["logout"]);

    let openers = search.started.iter().filter(|line| line.contains("opener"));
    assert!(openers.count() > 20, "the tracer saw the openers");
    assert!(search.secrets.len() > 100, "{}", search.secrets.len());
    assert_eq!(search.finds(), Vec::<String>::new());
    let columns = [
        "commands",
        "secrets",
        "outputs",
        "programs started",
        "files",
        "found",
    ];
    let mut table = Table::new("9-canaries", "Canaries", &columns);
    let files = search.files().len();
    let counts = [search.commands, search.secrets.len(), search.said.len()];
    let counts = counts.into_iter().chain([search.started.len(), files, 0]);
    table.row(&counts.map(|count| count.to_string()).collect::<Vec<_>>());
    table.publish();
}
