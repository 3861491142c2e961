//! The worked helper of `examples/helpers/postgres`: many runners share one rotating session.
//!
//! Debian's PostgreSQL runs from a temporary folder on a unix socket, as nobody's superuser, and
//! ends with the test. The helper's Python lies in `tests/real/python`.

use std::fs::{DirBuilder, read_dir};
use std::os::unix::fs::{DirBuilderExt as _, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use eprospera::secret::Secret;
use eprospera::store::StoreKind;
use rustix::process::{Pid, Signal, getuid, kill_process};
use tempfile::TempDir;
use tokio::task::JoinSet;

use crate::run::{Output, output};
use crate::world::{World, wait_until};

const RUNNERS: usize = 8;
const COMMANDS: usize = 25;
/// Of the session, whose intent was not written.
const GENERATION: &str = "SELECT generation FROM eprospera_record";

/// A database server that ends with this value.
struct Postgres {
    server: Child,
    folder: TempDir,
    tools: PathBuf,
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A fast shutdown: clients are disconnected.
        kill_process(Pid::from_child(&self.server), Signal::INT).ok();
        self.server.wait().ok();
    }
}

impl Postgres {
    fn start() -> Self {
        let tools = tools();
        let folder = TempDir::new().unwrap();
        let data = folder.path().join("data");
        let socket = folder.path().join("socket");
        for path in [&data, &socket] {
            DirBuilder::new().mode(0o700).create(path).unwrap();
        }
        give_away(&[folder.path(), &data, &socket]);
        let made = as_owner(&tools.join("initdb"))
            .args(["--auth=trust", "--username=eprospera", "--no-sync"])
            .args(["--locale=C", "--encoding=UTF8", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()
            .unwrap();
        assert!(made.success(), "initdb");
        let server = as_owner(&tools.join("postgres"))
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&socket)
            .args(["-c", "listen_addresses=", "-c", "max_connections=80"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let postgres = Self {
            server,
            folder,
            tools,
        };
        wait_until("the database answers", || postgres.can_connect());
        postgres.sql(include_str!(
            "../../../examples/helpers/postgres/schema.sql"
        ));
        postgres
    }

    fn socket(&self) -> String {
        self.folder.path().join("socket").display().to_string()
    }

    fn client(&self, tool: &str) -> Command {
        let mut command = Command::new(self.tools.join(tool));
        command.args(["-h", &self.socket(), "-U", "eprospera", "-d", "postgres"]);
        command
    }

    fn can_connect(&self) -> bool {
        let mut ready = self.client("pg_isready");
        ready.stdout(Stdio::null()).status().unwrap().success()
    }

    /// What statements print, bare.
    fn sql(&self, statements: &str) -> String {
        let mut psql = self.client("psql");
        psql.args([
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
            "-c",
            statements,
        ]);
        let done = psql.stderr(Stdio::null()).output().unwrap();
        assert!(done.status.success(), "{done:?}");
        String::from_utf8(done.stdout).unwrap().trim().to_owned()
    }
}

/// PostgreSQL's own programs, of the newest version that is installed.
fn tools() -> PathBuf {
    let versions = read_dir("/usr/lib/postgresql").expect("Debian's postgresql is installed");
    let mut versions: Vec<_> = versions.map(|entry| entry.unwrap().path()).collect();
    versions.sort();
    versions.pop().expect("a version of it").join("bin")
}

/// It refuses to run as root, so root becomes Debian's `postgres`.
fn as_owner(program: &Path) -> Command {
    if !getuid().is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
        .arg(program)
        .current_dir("/");
    command
}

fn give_away(folders: &[&Path]) {
    if !getuid().is_root() {
        return;
    }
    let id = |flag| {
        let said = Command::new("id")
            .args([flag, "postgres"])
            .output()
            .unwrap();
        let text = String::from_utf8(said.stdout).unwrap();
        text.trim().parse().expect("Debian's user postgres")
    };
    for folder in folders {
        chown(folder, Some(id("-u")), Some(id("-g"))).unwrap();
    }
}

/// The user of a database, not signed in.
fn sharing(postgres: &Postgres) -> World {
    let project = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = project.join("tests/real/python/bin/python3");
    assert!(
        python.exists(),
        "run `python3 -m venv tests/real/python` and install the helper's requirements.txt"
    );
    let helper = project.join("examples/helpers/postgres/eprospera-postgres");
    let mut world = World::new();
    let script = format!(
        "export PGHOST='{}' PGUSER=eprospera PGDATABASE=postgres\nexec '{}' '{}'",
        postgres.socket(),
        python.display(),
        helper.display()
    );
    world.store = StoreKind::Command(world.script("helper", &script));
    let name = world.store.to_string();
    world.set("EPROSPERA_STORE", &name);
    world
}

/// A command on one of the runners, which share the database and nothing else.
fn on_runner(world: &World, runner: usize, arguments: &[&str]) -> tokio::process::Command {
    let mut command = world.command(arguments);
    for folder in ["STATE", "CACHE"] {
        let path = world.path(&format!("runner-{runner}/{folder}"));
        command.env(format!("EPROSPERA_{folder}_DIR"), path);
    }
    command
}

/// One command on every runner at the same moment.
fn on_every_runner(world: &World, arguments: &[&str]) -> Vec<Output> {
    let commands: Vec<_> = (0..RUNNERS)
        .map(|runner| on_runner(world, runner, arguments))
        .collect();
    world.block_on(async {
        let mut running = JoinSet::new();
        for mut command in commands {
            running.spawn(output(command.spawn().unwrap()));
        }
        running.join_all().await
    })
}

#[test]
fn eight_runners_share_a_session_through_twenty_five_expiries_and_rotate_once_each() {
    let postgres = Postgres::start();
    let world = sharing(&postgres);
    world.login().succeeds();
    for round in 1..=COMMANDS {
        world.expire_access_token();
        let outputs = on_every_runner(&world, &["token"]);
        let expected = format!("{}\n", world.access_token());
        for output in &outputs {
            assert_eq!((output.code, &output.stdout), (0, &expected), "{output:#?}");
        }
        assert_eq!(outputs.len(), RUNNERS);
        assert_eq!(world.refreshes(), round, "one rotation for each expiry");
    }
    // No reuse was seen in two hundred commands: the family lives.
    let refreshes = world.events("token");
    assert!(refreshes.iter().all(|event| event.status == Some(200)));
    world.run(&["refresh"]).succeeds();
    let kept = postgres.sql("SELECT account FROM eprospera_record");
    assert_eq!(kept, world.entry("default").account(), "and no intent");
    world.run(&["logout"]).succeeds();
    assert_eq!(postgres.sql("SELECT count(*) FROM eprospera_record"), "0");
}

#[test]
fn a_runner_that_is_killed_in_a_rotation_frees_the_lock_and_the_next_replays_nothing() {
    let postgres = Postgres::start();
    let world = sharing(&postgres);
    world.login().succeeds();
    world.fault("token:slow=60s*1");
    let mut first = world.block_on(async { on_runner(&world, 0, &["refresh"]).spawn().unwrap() });
    let intents = "SELECT count(*) FROM eprospera_record WHERE account LIKE 'intent:%'";
    wait_until("the intent is written", || postgres.sql(intents) == "1");
    let mut second = on_runner(&world, 1, &["refresh", "--json"]);
    let held = "SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction'";
    assert_eq!(postgres.sql(held), "1", "a transaction holds the row");
    world.block_on(first.kill()).unwrap();
    let second = world.block_on(async { output(second.spawn().unwrap()).await });
    assert_eq!(second.code, 1, "{second:#?}");
    second.because("the outcome of an earlier refresh is unknown");
    assert_eq!(postgres.sql(held), "0", "nobody holds it any more");
    let token = world.run(&["token"]).succeeds();
    assert_eq!(token.stdout.trim_end(), world.access_token());
}

#[test]
fn a_lock_that_another_runner_holds_is_waited_for_and_then_busy() {
    let postgres = Postgres::start();
    let world = sharing(&postgres);
    world.login().succeeds();
    let (store, entry) = (world.open_store(), world.entry("default"));
    let guard = store.lock(&entry, Duration::ZERO).unwrap();
    let other = world.open_store();
    let wait = Duration::from_millis(300);
    let busy = other.lock(&entry, wait).unwrap_err();
    assert!(matches!(busy, eprospera::store::Error::Busy { waited } if waited == wait));
    drop(guard);
    other.lock(&entry, wait).unwrap();
}

#[test]
fn a_lock_that_the_database_ends_is_taken_anew_for_a_session_and_for_nothing_else() {
    let postgres = Postgres::start();
    let world = sharing(&postgres);
    world.login().succeeds();
    let (store, entry) = (world.open_store(), world.entry("default"));
    let guard = store.lock(&entry, Duration::ZERO).unwrap();
    let record = store.get(&entry).unwrap().unwrap();
    postgres.sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in transaction'",
    );
    let refused = store.put_intent(&entry, &record, &guard).unwrap_err();
    assert!(
        refused.to_string().contains("has ended the lock"),
        "{refused}"
    );
    let again = store.put_intent(&entry, &record, &guard).unwrap_err();
    assert!(again.to_string().contains("ended"), "{again}");
    assert_eq!(postgres.sql(GENERATION), "1");
    // A session may be all that is left after a rotation: it is stored under the lock taken anew.
    let changed = Secret::new(format!("{} ", record.expose()));
    store.put(&entry, &changed, &guard).unwrap();
    assert_eq!(postgres.sql(GENERATION), "2");
}

#[test]
fn a_database_that_is_gone_is_told() {
    let postgres = Postgres::start();
    let world = sharing(&postgres);
    world.login().succeeds();
    drop(postgres);
    let output = world.run(&["token", "--json"]).exits(13);
    output.because("no database");
}
