//! A store helper that keeps files in the folder `vault` beside itself (docs/helper-protocol.md). It is honest unless
//! the file `fault` there says otherwise, as `FAULT:OPERATION`, and it takes notes of what it was asked.

#![expect(clippy::unwrap_used, reason = "a panic is how a part of a test fails")]
#![expect(clippy::exit, reason = "a crash is what is played here")]

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

fn main() {
    let mut helper = Helper::new();
    for line in io::stdin().lines().map_while(Result::ok) {
        helper.take(&line);
    }
}

/// What is stored for an account.
struct Entry {
    generation: u64,
    record: String,
}

struct Helper {
    folder: PathBuf,
    fault: String,
    /// Held until it is closed, which the end of this process does, too.
    lock: Option<File>,
}

impl Helper {
    fn new() -> Self {
        let mut arguments = std::env::args_os();
        let program = PathBuf::from(arguments.next().unwrap());
        let folder = program.with_file_name("vault");
        let fault = fs::read_to_string(folder.join("fault")).unwrap_or_default();
        let helper = Self {
            folder,
            fault,
            lock: None,
        };
        helper.note("started", &std::process::id().to_string());
        for (name, value) in std::env::vars_os() {
            helper.note(
                "environment",
                &format!("{}={}", name.display(), value.display()),
            );
        }
        let rest: Vec<_> = arguments.map(|word| word.display().to_string()).collect();
        helper.note(
            "arguments",
            &format!("{} {}", program.display(), rest.join(" ")),
        );
        helper
    }

    fn note(&self, name: &str, line: &str) {
        let mut notes = File::options();
        let notes = notes.create(true).append(true);
        let mut notes = notes.open(self.folder.join(name)).unwrap();
        notes.write_all(format!("{line}\n").as_bytes()).unwrap();
    }

    fn take(&mut self, line: &str) {
        let request: Value = serde_json::from_str(line).unwrap();
        let op = request["op"].as_str().unwrap();
        self.note("asked", op);
        let said = match self.fault.split_once(':') {
            Some((fault, at)) if at == op => self.lie(fault, line, &request),
            _ => None,
        };
        let answer = said.unwrap_or_else(|| self.honest(op, &request).to_string());
        say(&format!("{answer}\n"));
    }

    fn honest(&mut self, op: &str, request: &Value) -> Value {
        let file = self.file(request);
        let is_locked = self.lock.is_some();
        match op {
            "hello" => json!({ "id": request["id"], "ok": true, "protocol": 1 }),
            "get" => match load(&file) {
                Some(Entry { generation, record }) => yes(
                    request,
                    &json!({ "generation": generation, "record": record }),
                ),
                None => yes(request, &json!({ "record": null })),
            },
            "put" | "delete" if !is_locked => no(request, "not_locked", "no lock"),
            "put" => {
                let record = request["record"].as_str().unwrap();
                store(&file, request["generation"].as_u64().unwrap(), record);
                yes(request, &json!({ "generation": request["generation"] }))
            }
            "delete" => {
                let is_deleted = fs::remove_file(&file).is_ok();
                yes(request, &json!({ "deleted": is_deleted }))
            }
            "lock" => {
                let wait = Duration::from_millis(request["wait_ms"].as_u64().unwrap());
                self.lock = locked(&file.with_extension("lock"), wait);
                match self.lock {
                    Some(_) => yes(request, &json!({})),
                    None => no(request, "busy", "somebody else"),
                }
            }
            "unlock" => {
                self.lock = None;
                yes(request, &json!({}))
            }
            other => panic!("{other}"),
        }
    }

    /// Does what the fault is, which may be the end of the process. `None` goes on to be honest.
    fn lie(&self, fault: &str, line: &str, request: &Value) -> Option<String> {
        let stored = load(&self.file(request));
        let id = &request["id"];
        let answer = match fault {
            "hang" => hang(),
            "crash" => std::process::exit(7),
            "crash-second" | "crash-second-once" => {
                self.crash_at_second(fault == "crash-second-once");
                return None;
            }
            #[cfg(unix)]
            "mute" => {
                nix::unistd::close(1).unwrap();
                hang()
            }
            "nonsense" => return Some("certainly, here it is".to_owned()),
            "array" => json!([1, 2, 3]),
            "half" => {
                say(&format!("{{\"id\":{id},\"ok\":tr"));
                std::process::exit(0)
            }
            "huge" => return Some("x".repeat(5_000_000)),
            "no-id" => json!({ "ok": true, "account": request["account"] }),
            "wrong-id" => {
                json!({ "id": id.as_u64().unwrap() + 1, "ok": true, "account": request["account"] })
            }
            "no-ok" => json!({ "id": id, "account": request["account"] }),
            "no-account" => json!({ "id": id, "ok": true, "record": null }),
            "other-account" => {
                json!({ "id": id, "ok": true, "account": "somebody@else", "record": null })
            }
            "no-record" => yes(request, &json!({})),
            "no-generation" => yes(request, &json!({ "record": stored.unwrap().record })),
            "other-generation" => {
                let record = stored.map(|entry| entry.record);
                yes(request, &json!({ "generation": 99, "record": record }))
            }
            "cut" => {
                let Entry { generation, record } = stored.unwrap();
                let record = &record[..record.len() - 10];
                yes(
                    request,
                    &json!({ "generation": generation, "record": record }),
                )
            }
            "newer" => json!({ "id": id, "ok": true, "protocol": 2 }),
            "older" => json!({ "id": id, "ok": true, "protocol": 0 }),
            "chatter" => {
                chatter(line);
                return None;
            }
            "refuse" => no(request, "failed", "not today"),
            "denied" => no(request, "denied", "by policy"),
            "full" => no(request, "full", "no room"),
            "busy" => no(request, "busy", "somebody else"),
            other => panic!("{other}"),
        };
        Some(answer.to_string())
    }

    /// The intent is written first, then the tokens.
    fn crash_at_second(&self, is_last: bool) {
        let mark = self.folder.join("first");
        if mark.exists() {
            if is_last {
                fs::remove_file(self.folder.join("fault")).unwrap();
            }
            std::process::exit(7);
        }
        drop(File::create(mark).unwrap());
    }

    fn file(&self, request: &Value) -> PathBuf {
        let account = request["account"].as_str().unwrap_or_default();
        let name = account.replace(|letter: char| !letter.is_ascii_alphanumeric(), "-");
        self.folder.join(format!("{name}.record"))
    }
}

/// A program that was killed reads no answer: the next end of input ends this one.
fn say(text: &str) {
    let mut stdout = io::stdout();
    drop(
        stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush()),
    );
}

fn yes(request: &Value, more: &Value) -> Value {
    let mut answer = json!({ "id": request["id"], "ok": true, "account": request["account"] });
    let more = more.as_object().unwrap().clone();
    answer.as_object_mut().unwrap().extend(more);
    answer
}

fn no(request: &Value, error: &str, message: &str) -> Value {
    json!({
        "id": request["id"], "ok": false, "account": request["account"], "error": error, "message": message,
    })
}

fn load(file: &Path) -> Option<Entry> {
    let stored = fs::read_to_string(file).ok()?;
    let (generation, record) = stored.split_once(':').unwrap();
    Some(Entry {
        generation: generation.parse().unwrap(),
        record: record.to_owned(),
    })
}

/// Replaces it at once: who reads it without a lock reads the old or the new one.
fn store(file: &Path, generation: u64, record: &str) {
    let new = file.with_extension(std::process::id().to_string());
    let mut written = File::create(&new).unwrap();
    written
        .write_all(format!("{generation}:{record}").as_bytes())
        .unwrap();
    drop(written);
    fs::rename(new, file).unwrap();
}

fn locked(path: &Path, wait: Duration) -> Option<File> {
    let mut file = File::options();
    let file = file.create(true).truncate(false).write(true);
    let file = file.open(path).unwrap();
    let start = Instant::now();
    while file.try_lock().is_err() {
        if start.elapsed() > wait {
            return None;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    Some(file)
}

fn chatter(line: &str) {
    let mut stderr = io::stderr().lock();
    writeln!(stderr, "a canary: {line} \u{1b}[2J").unwrap();
    for number in 0..3000 {
        writeln!(stderr, "noise noise noise noise noise noise {number}").unwrap();
    }
}

fn hang() -> ! {
    std::thread::sleep(Duration::from_secs(600));
    std::process::exit(1)
}
