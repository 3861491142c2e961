//! What `login` would do to show the sign-in page, and why.

use std::ffi::OsStr;
use std::path::Path;

use super::checkup::Checkup;
use super::code::Code;
use super::row::Row;
use crate::browser::{Opener, OpenerEnv, Reason, system_openers};
use crate::cli::DoctorGroup::Opener as GROUP;
use crate::env;
use crate::files::unsetting;
use crate::provider::Feature;

pub(super) fn check(checkup: &Checkup<'_>) -> Row {
    let given = checkup.as_given;
    let around = OpenerEnv::of(&given.environment, None, false, given.no_input());
    match around.opener() {
        Opener::Program(program) => named(checkup, &program),
        Opener::System => system(checkup),
        Opener::Nobody(reason) => nobody(checkup, reason),
    }
}

fn named(checkup: &Checkup<'_>, program: &OsStr) -> Row {
    // Whatever follows a blank is not a program, and may be meant for no other eyes.
    let shown = program.to_string_lossy();
    let shown = shown.split_whitespace().next().unwrap_or_default();
    if is_there(checkup, program) {
        return Row::ok(
            GROUP,
            "browser",
            format!("`login` opens `{shown}` ({})", env::BROWSER),
        );
    }
    let message = format!(
        "{} names `{shown}`, which is not a program: `login` only prints the address",
        env::BROWSER
    );
    let row = Row::warning(GROUP, "browser", Code::OpenerMissing, message);
    row.fix(unsetting(env::BROWSER))
}

fn system(checkup: &Checkup<'_>) -> Row {
    let openers = system_openers();
    // Only Unix looks for programs by name.
    let is_unix_desktop = cfg!(all(unix, not(target_os = "macos")));
    let found = openers
        .iter()
        .find(|name| is_there(checkup, OsStr::new(name)));
    match found {
        Some(name) => Row::ok(
            GROUP,
            "browser",
            format!("`login` opens your browser with `{name}`"),
        ),
        None if !is_unix_desktop => Row::ok(GROUP, "browser", "`login` opens your browser"),
        None => {
            let message = format!(
                "no program that opens a browser was found (looked for {}): install xdg-utils, or \
                 name a browser in {}",
                openers.join(", "),
                env::BROWSER
            );
            let row = Row::warning(GROUP, "browser", Code::OpenerMissing, message);
            row.maybe_fix(device(checkup))
        }
    }
}

fn nobody(checkup: &Checkup<'_>, reason: Reason) -> Row {
    let environment = &checkup.as_given.environment;
    let (code, why, fix) = match reason {
        Reason::Ssh => (Code::OverSsh, "this is a remote shell", device(checkup)),
        Reason::Container => (
            Code::InContainer,
            "this is a container without a display",
            device(checkup),
        ),
        Reason::NoDisplay => (Code::NoDisplay, "there is no display", device(checkup)),
        Reason::TextBrowser => (
            Code::OpenerTextBrowser,
            "BROWSER names a text browser, which needs a terminal of its own",
            Some(unsetting(env::BROWSER)),
        ),
        Reason::Forbidden | Reason::NoInput | Reason::NoTerminal => {
            let set = |name: &&str| environment.is_on(name);
            let name = [env::CI, env::NO_INPUT].into_iter().find(set);
            let why = match name {
                Some(env::CI) => "CI is set",
                Some(_) => "EPROSPERA_NO_INPUT is set",
                None => "of `--no-input`",
            };
            (Code::NoInput, why, name.map(unsetting))
        }
    };
    let message = format!("`login` prints the address instead of opening a browser, because {why}");
    Row::warning(GROUP, "browser", code, message).maybe_fix(fix)
}

/// The sign-in on another device, where the provider has one.
fn device(checkup: &Checkup<'_>) -> Option<String> {
    let settings = checkup.context.settings().ok()?;
    let has_device = settings.provider.value.offers(Feature::DeviceGrant);
    has_device.then(|| "eprospera login --device".to_owned())
}

/// Whether a program is there, by its path or on PATH.
fn is_there(checkup: &Checkup<'_>, program: &OsStr) -> bool {
    let named = Path::new(program);
    if named.components().count() > 1 {
        return named.is_file();
    }
    let path = checkup.as_given.environment.get("PATH").unwrap_or_default();
    std::env::split_paths(path).any(|folder| folder.join(named).is_file())
}
