//! A disk that takes nothing more, and a store that cannot be written.

use std::path::PathBuf;

use crate::torture::home::set_writable;
use crate::torture::judge;
use crate::torture::stage::Stage;
use crate::torture::trial::{Stop, failed};

/// No file may grow, and the program gets an error instead of a signal, as by a full disk.
const FULL: [&str; 4] = [
    "sh",
    "-c",
    "trap '' XFSZ; ulimit -f 0; exec \"$@\"",
    "client",
];
/// Root may write what others may not; without this capability it may not.
const WITHOUT_OVERRIDE: [&str; 4] = [
    "setpriv",
    "--bounding-set=-dac_override",
    "--inh-caps=-dac_override",
    "--",
];

/// The disk is full while CLIENT refreshes; then there is room again.
pub(super) async fn full(stage: &Stage<'_>) -> Result<String, Stop> {
    if !cfg!(unix) {
        return Err(Stop::Skipped(
            "this system cannot limit the size of files".to_owned(),
        ));
    }
    stage.begin().await?;
    let mark = stage.mark();
    for _ in 0..2 {
        stage.ask_under(&FULL).await?;
    }
    stage.bounded(mark, 2)?;
    still_there(stage, mark).await?;
    Ok("once there was room again, the session was there".to_owned())
}

/// CLIENT's folders are read-only while it refreshes; then they can be written again.
pub(super) async fn read_only(stage: &Stage<'_>) -> Result<String, Stop> {
    if !cfg!(unix) {
        return Err(Stop::Skipped(
            "folders cannot be made read-only here".to_owned(),
        ));
    }
    stage.begin().await?;
    let folders = stage.kept_folders();
    let words = under(&folders)?;
    let mark = stage.mark();
    let read_only = ReadOnly::make(folders);
    for _ in 0..2 {
        stage.ask_under(words).await?;
    }
    drop(read_only);
    stage.bounded(mark, 2)?;
    still_there(stage, mark).await?;
    Ok("once the folder could be written again, the session was there".to_owned())
}

/// Requires that CLIENT has kept its session although nothing could be stored since a mark.
async fn still_there(stage: &Stage<'_>, mark: u64) -> Result<(), Stop> {
    let events = stage.events_since(mark);
    let was_rotated = events.iter().any(judge::has_rotated);
    match stage.calm().await {
        Err(Stop::Failed(reason)) if was_rotated && stage.evidence().reuses > 0 => failed(format!(
            "{reason}; the client had refreshed while nothing could be stored, and the new refresh \
             token was not stored"
        )),
        outcome => outcome,
    }
}

/// Folders that cannot be written while this lives.
struct ReadOnly(Vec<PathBuf>);

impl ReadOnly {
    fn make(folders: Vec<PathBuf>) -> Self {
        for folder in &folders {
            set_writable(folder, false);
        }
        Self(folders)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        for folder in &self.0 {
            set_writable(folder, true);
        }
    }
}

/// What CLIENT has to be started under so that it cannot write to a read-only folder: nothing,
/// unless it runs as root.
fn under(folders: &[PathBuf]) -> Result<&'static [&'static str], Stop> {
    let place = folders
        .last()
        .cloned()
        .unwrap_or_default()
        .join("read-only");
    let can_write = |words: &[&str]| {
        std::fs::create_dir_all(&place).unwrap_or_default();
        set_writable(&place, false);
        let (program, arguments) = words.split_first().unwrap_or((&"mkdir", &[]));
        let mut command = std::process::Command::new(program);
        command.args(arguments);
        if !words.is_empty() {
            command.arg("mkdir");
        }
        command.arg(place.join("probe"));
        let ended = command.stderr(std::process::Stdio::null()).status();
        let could = ended.map(|status| status.success());
        set_writable(&place, true);
        crate::file_sharing::remove_dir_all(&place).unwrap_or_default();
        could
    };
    if can_write(&[]).is_ok_and(|could| !could) {
        return Ok(&[]);
    }
    if can_write(&WITHOUT_OVERRIDE).is_ok_and(|could| !could) && runs(&WITHOUT_OVERRIDE) {
        return Ok(&WITHOUT_OVERRIDE);
    }
    Err(Stop::Skipped(
        "root can write everywhere here; run the trial as another user, or install setpriv \
         (util-linux)"
            .to_owned(),
    ))
}

/// Whether a program can be started under these words at all.
fn runs(words: &[&str]) -> bool {
    let Some((program, arguments)) = words.split_first() else {
        return true;
    };
    let ended = std::process::Command::new(program)
        .args(arguments)
        .arg("true")
        .stderr(std::process::Stdio::null())
        .status();
    ended.is_ok_and(|status| status.success())
}
