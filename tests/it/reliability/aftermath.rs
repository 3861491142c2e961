//! What became of a session once its fault was mended.

use super::bench::{Bench, is_orderly};
use crate::run::Output;

/// What became of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Aftermath {
    /// It goes on.
    Kept,
    /// It is over, and the user was told.
    Lost,
}

impl Aftermath {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Lost => "lost, and says so",
        }
    }

    /// Goes on with the session after its access token has expired.
    pub(super) fn of(bench: &Bench, what: &str) -> Self {
        let world = &bench.world;
        let Some(facts) = bench.facts() else {
            return Self::Lost;
        };
        if facts.stays_valid() && facts.unknown {
            // Nothing is sent while the access token is valid.
            let sent = world.refreshes();
            world.run(&["token"]).succeeds();
            assert_eq!(world.refreshes(), sent, "{what}");
        }
        bench.expire();
        let output = world.run(&["token"]).0;
        assert!(is_orderly(&output), "{what}: {output:#?}");
        if output.code == 0 {
            world.run(&["refresh"]).succeeds();
            return Self::Kept;
        }
        assert_eq!(output.code, 3, "{what}: {output:#?}");
        drop(output.hinting("eprospera login"));
        // It is over: nothing is tried again.
        let sent = world.refreshes();
        world.run(&["token"]).exits(3);
        assert_eq!(world.refreshes(), sent, "{what}");
        Self::Lost
    }
}

/// Whether a refresh said that the provider has rotated and the new tokens are gone.
pub(super) fn owned_up(output: &Output) -> bool {
    output.code == 13 && output.stderr.contains("could not be stored")
}

/// What a run answered, for a table.
pub(super) fn answer(output: &Output) -> String {
    if output.code == 0 {
        let warning = output.stderr.contains("warning:");
        return if warning { "0, with a warning" } else { "0" }.to_owned();
    }
    let code = output.error()["code"].as_str().unwrap().to_owned();
    format!("{} {code}", output.code)
}
