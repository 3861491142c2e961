//! Why signing in or a command does not work: checks of this machine, the way to the provider, and
//! the provider, each with a code and the command that fixes it.
//!
//! One file for each group of checks; each gives rows from what [`Context`] lends. What a check has to
//! try out (a file, a lock, a record of the store) is its own and is removed, no session is changed, and
//! no token is ever refreshed. No fix deletes or replaces what may be the only copy. It prints nothing.

mod checkup;
mod client;
mod clock;
mod code;
mod folders;
mod network;
mod opener;
mod port_holder;
mod program;
mod provider;
mod report;
mod row;
mod session;
mod settings;
mod store;
mod survey;
mod terminal;

use crate::cli::{DoctorGroup as Group, Global};
use crate::context::Context;
use crate::error::{Error, Kind};

pub(crate) use report::markdown;
pub(crate) use row::{Row, State, groups, name_of};

use checkup::Checkup;

/// The program that listens on a port of this machine, where the system tells.
pub(crate) fn listener_on(port: u16) -> Option<String> {
    port_holder::of(port).map(|holder| holder.name())
}

/// What a run is to look at.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scope<'a> {
    /// The groups; empty for all.
    pub(crate) only: &'a [Group],
    pub(crate) is_offline: bool,
    pub(crate) is_sandbox: bool,
}

/// Runs the checks, in the order of the groups.
pub(crate) fn examine(context: &Context, scope: Scope<'_>) -> Result<Vec<Row>, Error> {
    let flags = Global {
        no_input: true,
        // What would be warned of is a row.
        quiet: true,
        ..context.flags.clone()
    };
    let quiet = Context::open(flags, context.environment.clone())?;
    let checkup = Checkup {
        context: &quiet,
        as_given: context,
        is_offline: scope.is_offline,
        is_sandbox: scope.is_sandbox,
    };
    let wanted = |group: Group| scope.only.is_empty() || scope.only.contains(&group);
    let mut rows = Vec::new();
    // The settings are needed by others; whether they are shown is another matter.
    if wanted(Group::Program) {
        rows.extend(program::check(&checkup));
    }
    if wanted(Group::Settings) {
        rows.extend(settings::check(&checkup));
    }
    if wanted(Group::Folders) {
        rows.extend(folders::check(&checkup));
    }
    let needs_store = [Group::Store, Group::Clock, Group::Client, Group::Session];
    let (found, state) = if needs_store.into_iter().any(wanted) {
        store::check(&checkup, wanted(Group::Store))
    } else {
        (Vec::new(), store::StoredState::default())
    };
    if wanted(Group::Store) {
        rows.extend(found);
    }
    let survey = survey::take(&checkup, &state, &wanted);
    if wanted(Group::Clock) {
        rows.extend(clock::check(&checkup, &state, &survey));
    }
    if wanted(Group::Network) {
        rows.extend(network::check(&checkup, &survey));
    }
    if wanted(Group::Provider) {
        rows.extend(provider::check(&checkup, &survey));
    }
    if wanted(Group::Client) {
        rows.extend(client::check(&checkup, &state, &survey));
    }
    if wanted(Group::Session) {
        rows.extend(session::check(&checkup, &state, &survey));
    }
    if wanted(Group::Opener) {
        rows.push(opener::check(&checkup));
    }
    if wanted(Group::Terminal) {
        rows.push(terminal::check(&checkup));
    }
    name_flags(context, &mut rows);
    Ok(rows)
}

/// Commands that fix something have the flags of this run.
fn name_flags(context: &Context, rows: &mut [Row]) {
    for fix in rows.iter_mut().filter_map(|row| row.fix.as_mut()) {
        if fix.starts_with("eprospera ") {
            let named = context.with_flags(&format!("`{fix}`"));
            named.trim_matches('`').clone_into(fix);
        }
    }
}

/// The kind of the first check that failed.
pub(crate) fn first_failure(rows: &[Row]) -> Option<Kind> {
    let failed = rows.iter().find(|row| row.state == State::Failed);
    failed.map(|row| row.code.kind())
}
