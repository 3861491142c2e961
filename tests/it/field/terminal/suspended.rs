//! A question that was stopped with Ctrl-Z, or waits in the background, ends by a signal without
//! coming back to the foreground, and never touches a terminal that is another program's.

use crate::terminal::Terminal;
use crate::world::{World, wait_until};

/// Waits in the shell until the job has ended. Then the shell shows how.
const WAIT: &str = "until ! kill -0 $id 2>/dev/null; do sleep 0.05; done\n";

/// Commands that ask, with the question.
const QUESTIONS: [(&str, &str); 3] = [
    ("token", "Passphrase for the encrypted store: "),
    ("profile set client-secret", "Client secret: "),
    ("login --with-token", "Refresh token: "),
];

/// What a person or a script does to a stopped job, with the exit code of the job.
const ENDS: [(&str, i32); 5] = [
    ("kill %1", 143),
    ("kill -HUP %1", 143),
    ("kill $id; kill -CONT $id", 143),
    ("kill -HUP $id; kill -CONT $id", 143),
    ("kill -INT $id; kill -CONT $id", 130),
];

fn world() -> World {
    let mut world = World::new();
    world.encrypt();
    world.login().succeeds();
    world.unset("EPROSPERA_STORE_KEY");
    world
}

/// A shell in which a job has been stopped, whose process id is `$id`.
fn stopped(world: &World, command: &str, question: &str, in_background: bool) -> Terminal {
    let mut shell = world.shell();
    if in_background {
        shell.types(&format!("$EPROSPERA {command} & wait -n; jobs\n"));
    } else {
        shell.types(&format!("$EPROSPERA {command}\n"));
        shell.wait_for(question);
        shell.types("\u{1a}");
    }
    shell.wait_for("Stopped");
    shell.types("id=$(jobs -p); echo $id > modes/job; stty -g > modes/meanwhile\n");
    shell
}

fn job(world: &World) -> String {
    let path = world.path("modes/job");
    wait_until("the shell writes the id", || {
        std::fs::read_to_string(&path).is_ok_and(|id| id.ends_with('\n'))
    });
    std::fs::read_to_string(path).unwrap().trim().to_owned()
}

/// Whether a process has gone, or is a zombie that someone is about to ask for.
fn has_ended(id: &str) -> bool {
    let status = std::fs::read_to_string(format!("/proc/{id}/stat"));
    status.map_or(true, |status| status.contains(") Z "))
}

#[test]
fn a_signal_ends_a_stopped_question_without_the_foreground() {
    let world = world();
    for (command, question) in QUESTIONS {
        for (end, code) in ENDS {
            for in_background in [false, true] {
                let what = format!("{command}, {end}, background: {in_background}");
                let mut shell = stopped(&world, command, question, in_background);
                shell.types(&format!("{end}; {WAIT}"));
                shell.wait_for(&format!("Exit {code}"));
                shell.types("stty -g > modes/ended\nexit 0\n");
                drop(shell.end().succeeds());
                let mode = |when: &str| {
                    std::fs::read_to_string(world.path(&format!("modes/{when}"))).unwrap()
                };
                assert_eq!(mode("ended"), mode("meanwhile"), "{what}");
                assert!(has_ended(mode("job").trim()), "{what}");
            }
        }
    }
}

#[test]
fn a_stopped_question_ends_with_its_shell_and_with_its_terminal() {
    let world = world();
    for (command, question) in QUESTIONS {
        for end in ["kill -HUP $$\n", "kill -KILL $$\n", ""] {
            drop(std::fs::remove_file(world.path("modes/job")));
            let mut shell = stopped(&world, command, question, false);
            let id = job(&world);
            if end.is_empty() {
                shell.hang_up();
            } else {
                shell.types(end);
            }
            wait_until("the question ends", || has_ended(&id));
        }
    }
}

#[test]
fn a_stopped_confirmation_ends_by_a_signal_and_keeps_the_session() {
    for (end, code) in ENDS {
        let world = World::with(|options| options.auto_approve = None);
        let mut first = world.start_login(&[]);
        drop(first.decide("resident", "approve"));
        first.end().succeeds();
        let before = world.access_token();
        let mut shell = world.shell();
        shell.types("$EPROSPERA login --no-browser\n");
        let url = shell.url();
        let visit = world.visit_as(url, "former");
        shell.wait_for("[y/N]");
        shell.types("\u{1a}");
        shell.wait_for("Stopped");
        shell.types(&format!("id=$(jobs -p); {end}; {WAIT}"));
        shell.wait_for(&format!("Exit {code}"));
        shell.types("exit 0\n");
        drop(shell.end().succeeds());
        assert_eq!(world.access_token(), before, "{end}");
        visit.abort();
    }
}
