//! Worlds that are broken on purpose: `doctor` names the cause by its code, and the command that it
//! gives fixes it.

mod account;
mod contract;
mod machine;
mod network;
mod report;
mod store;

use serde_json::Value;

use crate::run::Run;
use crate::world::World;

/// What a broken world must be told.
pub(crate) struct Case {
    /// What is wrong, for the message of a test that fails.
    pub(crate) what: &'static str,
    pub(crate) world: World,
    pub(crate) arguments: Vec<&'static str>,
    pub(crate) code: &'static str,
    pub(crate) state: &'static str,
    pub(crate) exit: i32,
    pub(crate) fix: Fix,
}

/// What becomes of the command that `doctor` gives.
pub(crate) enum Fix {
    /// Run in a shell, it makes the finding go away.
    Runs,
    /// The same, with a person at the browser.
    SignsIn,
    /// It has these words; to run it would take more than a test has.
    Says(&'static str),
    /// There is none.
    None,
}

impl Case {
    /// A world in which one thing is wrong; `arguments` choose what is looked at.
    pub(crate) fn new(what: &'static str, world: World, arguments: &[&'static str]) -> Self {
        Self {
            what,
            world,
            arguments: arguments.to_vec(),
            code: "",
            state: "",
            exit: -1,
            fix: Fix::None,
        }
    }

    pub(crate) fn fails(self, code: &'static str, exit: i32, fix: Fix) -> Self {
        Self {
            code,
            state: "failed",
            exit,
            fix,
            ..self
        }
    }

    pub(crate) fn warns(self, code: &'static str, fix: Fix) -> Self {
        Self {
            code,
            state: "warning",
            exit: 0,
            fix,
            ..self
        }
    }

    /// Runs `doctor`, then the command that it gives, then `doctor` again. Says what went wrong.
    fn try_out(&self) -> Result<(), String> {
        let fail = |why: &str, run: &dyn std::fmt::Debug| {
            Err(format!("{} ({}): {why}: {run:#?}", self.what, self.code))
        };
        let run = examine(&self.world, &self.arguments);
        let Some(row) = row(&run, self.code) else {
            return fail("not found", &run);
        };
        if row["state"] != self.state || run.0.code != self.exit {
            return fail("another state or exit code", &run);
        }
        let fix = row["fix"].as_str();
        match (&self.fix, fix) {
            (Fix::None, None) => Ok(()),
            (Fix::Says(words), Some(fix)) if fix.contains(words) => Ok(()),
            // Wine has no PowerShell.
            (Fix::Runs, Some(fix)) if cfg!(windows) && is_of_powershell(fix) => Ok(()),
            (Fix::Runs | Fix::SignsIn, Some(fix)) => {
                let flags = if matches!(self.fix, Fix::SignsIn) {
                    " --no-browser"
                } else {
                    ""
                };
                let after = self.fix_and_examine(&format!("{fix}{flags}"), flags);
                match self::row(&after, self.code) {
                    Some(_) => fail(&format!("`{fix}` fixes nothing"), &after),
                    None if after.0.stdout.contains("checks") => Ok(()),
                    None => fail(&format!("after `{fix}`"), &after),
                }
            }
            _ => fail("another fix", &run),
        }
    }

    #[cfg(windows)]
    fn fix_and_examine(&self, fix: &str, flags: &str) -> Run {
        let command = self.world.command_line(fix);
        let fixed = if flags.is_empty() {
            self.world.finish(command)
        } else {
            self.world.start(command).complete()
        };
        if fixed.0.code == 0 {
            examine(&self.world, &self.arguments)
        } else {
            fixed
        }
    }

    /// One shell for both: the command may set a variable.
    #[cfg(unix)]
    fn fix_and_examine(&self, fix: &str, flags: &str) -> Run {
        use std::path::Path;

        let program = crate::world::program();
        let folder = Path::new(program).parent().unwrap().display();
        let script = format!(
            "PATH=\"$PATH:{folder}\"\n{{ {fix}\n}} >&2\nexec '{program}' doctor --json {}",
            self.arguments.join(" ")
        );
        let command = self.world.command_of("sh", &["-c", &script]);
        if flags.is_empty() {
            self.world.finish(command)
        } else {
            self.world.start(command).complete()
        }
    }
}

/// Whether a command is one of those for `PowerShell`.
fn is_of_powershell(command: &str) -> bool {
    let beginnings = [
        "Remove-Item Env:",
        "Remove-Item -LiteralPath ",
        "Move-Item -LiteralPath ",
        "$env:",
        "$key = ",
    ];
    beginnings.iter().any(|start| command.starts_with(start))
}

/// The command that takes the issuer out of the environment.
pub(crate) const UNSET_ISSUER: &str = if cfg!(windows) {
    "Remove-Item Env:EPROSPERA_ISSUER"
} else {
    "unset EPROSPERA_ISSUER"
};

/// One run of `doctor`.
pub(crate) fn examine(world: &World, arguments: &[&str]) -> Run {
    world.run(&[&["doctor", "--json"], arguments].concat())
}

/// The first row of a run with a code that is a finding: not what was skipped.
pub(crate) fn row(run: &Run, code: &str) -> Option<Value> {
    let document: Value = serde_json::from_str(&run.0.stdout).ok()?;
    let rows = document["checks"].as_array()?;
    let is_it = |row: &&Value| row["code"] == code && row["state"] != "skipped";
    rows.iter().find(is_it).cloned()
}

/// Tries all out, and fails with all that went wrong.
pub(crate) fn diagnose(cases: impl IntoIterator<Item = Case>) {
    let wrong: Vec<_> = cases
        .into_iter()
        .filter_map(|case| case.try_out().err())
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
