//! Files and folders, from those of this machine.

use super::topic::{Machine, Topic};
use crate::env;
use crate::folders::Folders;
use crate::output::Page;

pub(super) const TOPIC: Topic = Topic {
    name: "files",
    about: "The files and folders of this program on this machine",
    describe,
};

const CONFIG: &[&str] = &[
    "`config.toml`: your profiles with issuer, client ID, redirect URIs, scopes and store; no secrets.",
];
const STATE: &[&str] = &[
    "`sessions/`: sessions and client secrets in the `encrypted-file` and `plain-file` stores, with their locks.",
    "`logins/`: what the last sign-in of each profile used, without secrets.",
    "`helpers/`: locks for `command:PROGRAM` stores.",
    "`seeds/`: hashes of the refresh tokens that you gave with `login --with-token` or EPROSPERA_REFRESH_TOKEN.",
];
const CACHE: &[&str] =
    &["Discovery documents and keys of providers. You can delete this folder at any time."];

fn describe(page: &mut Page, machine: &Machine<'_>) {
    let private = if cfg!(windows) {
        "Only you can use these folders and files."
    } else {
        "Folders have mode 0700 and files 0600."
    };
    page.paragraph(&format!(
        "{private} A file is written to a temporary file first and then renamed, so it is never half written."
    ));
    let folders = Folders::find(machine.environment);
    for (folder, variable, files) in [
        (folders.config(), env::CONFIG_DIR, CONFIG),
        (folders.state(), env::STATE_DIR, STATE),
        (folders.cache(), env::CACHE_DIR, CACHE),
    ] {
        page.gap();
        match folder {
            Ok(folder) => {
                page.heading(folder.display().to_string());
                page.indented(&format!("To use another folder, set {variable}."));
            }
            Err(error) => {
                page.heading(format!("${variable}"));
                page.indented(&format!(
                    "Not known here: {}. Set {variable}.",
                    error.sentence()
                ));
            }
        }
        for file in files {
            page.indented(file);
        }
    }
    page.gap();
    page.paragraph(
        "While a refresh runs, a rescue file next to the session reserves space for the new tokens, so that they are safe if the store fails. The `keyring` store keeps its locks in your user account's state folder, which no variable can change.",
    );
}
