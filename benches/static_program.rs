//! The static program for Linux beside the dynamic one, where `packaging/build` has made both.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{BINARY, MEMORY_BUDGET, SIZE_BUDGET, Scene, row, side_by_side, size_row};

/// What `packaging/build` makes for a C library.
fn built(libc: &str) -> Option<PathBuf> {
    let target = Path::new(BINARY).parent()?.parent()?;
    let triple = format!("{}-unknown-linux-{libc}", std::env::consts::ARCH);
    let program = target.join(triple).join("dist/eprospera");
    program.exists().then_some(program)
}

pub(super) fn report(out: &mut impl io::Write, scene: &Scene) -> io::Result<()> {
    let (Some(ours), Some(theirs)) = (built("musl"), built("gnu")) else {
        return writeln!(
            out,
            "musl beside glibc: not measured: run `packaging/build` for both"
        );
    };
    for arguments in [["--version"], ["token"]] {
        let pair = side_by_side(
            || scene.program(&ours, &arguments),
            || scene.program(&theirs, &arguments),
        )?;
        let budget = pair.1 + Duration::from_millis(1);
        let name = format!("{} (musl)", arguments[0]);
        row(out, &name, pair, ("glibc", "1x + 1 ms"), budget)?;
    }
    for (libc, program) in [("musl", &ours), ("glibc", &theirs)] {
        let memory = scene.memory(program, &["token"])?;
        let name = format!("memory of token ({libc})");
        size_row(out, &name, memory, MEMORY_BUDGET)?;
        let size = std::fs::metadata(program)?.len();
        let name = format!("size of the binary ({libc})");
        size_row(out, &name, Some(size), SIZE_BUDGET)?;
    }
    Ok(())
}
