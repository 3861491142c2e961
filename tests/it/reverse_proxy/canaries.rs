//! What a program behind the proxy can see of the session's secrets: nothing, wherever it looks and
//! in whatever encoding.

use std::collections::BTreeSet;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};

use super::served::Address;
use crate::world::World;

const CLIENT_SECRET: &str = "canary secret/+%";
const ROUTE: &str = "/api/v1/me/natural-person";
/// Says who it is, waits, and shows all that it can see.
const CHILD: &str = r#"
echo "$$ $EPROSPERA_API_URL $EPROSPERA_API_CAPABILITY"
read line
env
for file in environ cmdline maps status; do
    cat "/proc/self/$file" "/proc/$$/$file"
done
cat "/proc/$PPID/cmdline" "/proc/$PPID/status"
ls -l "/proc/$$/fd"
find "$HOME" -type f -exec cat {} +
"#;

/// Each secret of the session so far.
fn secrets(world: &World) -> BTreeSet<String> {
    let record = world.record().unwrap();
    let tokens = [
        record.access.map(|access| access.token),
        record.refresh.map(|refresh| refresh.token),
        record.id_token.map(|id| id.token),
        Some(record.rescue_key),
    ];
    let tokens = tokens.into_iter().flatten();
    let mut secrets: BTreeSet<_> = tokens.map(|token| token.expose().to_owned()).collect();
    secrets.insert(CLIENT_SECRET.to_owned());
    secrets.insert(world.variable("EPROSPERA_STORE_KEY"));
    secrets
}

/// The ways in which bytes may hold a secret.
fn spellings(secret: &str) -> Vec<Vec<u8>> {
    let bytes = secret.as_bytes();
    let mut spellings = vec![bytes.to_vec(), bytes.iter().rev().copied().collect()];
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        for before in 0..3 {
            let shifted = [&vec![b'x'; before][..], bytes].concat();
            let text = engine.encode(shifted);
            // What its neighbours have a part in is left out.
            spellings.push(text.as_bytes()[4..text.len() - 2].to_vec());
        }
    }
    let pair = |text: String, byte: &u8| text + &format!("{byte:02x}");
    let hex = bytes.iter().fold(String::new(), pair);
    spellings.extend([hex.to_uppercase().into_bytes(), hex.into_bytes()]);
    let wide: Vec<u8> = bytes.iter().flat_map(|byte| [*byte, 0]).collect();
    spellings.push(wide);
    let escaped: String = url::form_urlencoded::byte_serialize(bytes).collect();
    spellings.push(escaped.into_bytes());
    spellings
}

/// Where a secret is in bytes, for a sentence.
fn find<'a>(secrets: &'a BTreeSet<String>, bytes: &[u8]) -> Option<&'a String> {
    secrets.iter().find(|secret| {
        let holds = |spelling: &Vec<u8>| memchr::memmem::find(bytes, spelling).is_some();
        spellings(secret).iter().any(holds)
    })
}

/// All that a process can read of its own memory.
fn memory(id: &str) -> Vec<u8> {
    let maps = std::fs::read_to_string(format!("/proc/{id}/maps")).unwrap();
    let memory = File::open(format!("/proc/{id}/mem")).unwrap();
    let mut all = Vec::new();
    for line in maps.lines().filter(|line| !line.contains("[v")) {
        let mut words = line.split_whitespace();
        let (range, mode) = (words.next().unwrap(), words.next().unwrap());
        let (from, to) = range.split_once('-').unwrap();
        let [from, to] = [from, to].map(|text| u64::from_str_radix(text, 16).unwrap());
        if mode.starts_with('r') {
            let mut region = vec![0; usize::try_from(to - from).unwrap()];
            if memory.read_at(&mut region, from).is_ok() {
                all.extend(region);
            }
        }
    }
    all
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(super::canaries::files(&path));
        } else {
            files.push(path);
        }
    }
    files
}

#[test]
fn a_program_behind_the_proxy_finds_no_secret_wherever_it_looks() {
    let mut world = World::new();
    world.encrypt();
    world.set("EPROSPERA_CLIENT_ID", "it-web");
    world.set("EPROSPERA_CLIENT_SECRET", CLIENT_SECRET);
    world.client_id = "it-web";
    world.login().succeeds();
    let mut known = secrets(&world);
    let mut command = world.command(&["exec", "--proxy", "-vv", "--", "sh", "-c", CHILD]);
    command.stdin(Stdio::piped());
    let mut process = world.spawn(command);
    let line = process.line_of_stdout();
    let words: Vec<_> = line.split_whitespace().collect();
    let [id, url, capability] = words[..] else {
        panic!("{line}");
    };
    let (_, port) = url.trim_end_matches('/').rsplit_once(':').unwrap();
    let address = Address::Port(port.parse().unwrap());
    let mut said = Vec::new();
    for _ in 0..2 {
        for path in [
            ROUTE,
            "/api/oauth/userinfo",
            "/api/v1/me/legal-entities",
            "/absent",
        ] {
            let response = address.send(capability, &format!("GET {path}"), "");
            said.push(response.head + &response.body);
        }
        // The next round is with another token.
        world.fault("me:401*1");
    }
    known.extend(secrets(&world));
    assert!(world.refreshes() >= 1);
    let memory = memory(id);
    // What the search would find.
    let own = BTreeSet::from([capability.to_owned()]);
    assert!(find(&own, &memory).is_some());
    assert_eq!(find(&known, &memory), None, "in the memory of the child");
    process.write("\n");
    drop(process.child.stdin.take());
    let output = process.end().0;
    assert!(output.stdout.contains("EPROSPERA_API_URL="), "{output:?}");
    said.extend([line, output.stdout, output.stderr]);
    for text in &said {
        assert_eq!(find(&known, text.as_bytes()), None, "in {text}");
    }
    for file in files(&world.path("")) {
        let bytes = std::fs::read(&file).unwrap();
        assert_eq!(find(&known, &bytes), None, "in {}", file.display());
    }
}
