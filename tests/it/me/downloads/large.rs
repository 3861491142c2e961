//! Many files and large ones take no more memory than a small one.

use super::{DOCUMENTS, check, column, document, names, with_documents};
use crate::memory;
use crate::run::Output;
use crate::world::World;

/// 32 MB in KiB.
const LIMIT: u64 = 31_250;

#[test]
fn two_hundred_documents_all_come() {
    let documents =
        (0..200).map(|number| document(number, "Statement", "sandbox:bytes=200000/statement.pdf"));
    let world = with_documents(&documents.collect::<Vec<_>>());
    let (output, peak) = measured(&world, &DOCUMENTS);
    assert_eq!(check(&world, &output), 200);
    assert_eq!(names(&world.path("files")).len(), 200);
    assert!(peak.is_none_or(|peak| peak < LIMIT), "{peak:?} KiB");
}

#[test]
fn a_file_of_half_a_gigabyte_takes_no_more_memory_than_a_small_one() {
    let large = document(1, "Archive", "sandbox:bytes=500000000/archive.pdf");
    let world = with_documents(&[large]);
    let (output, peak) = measured(&world, &DOCUMENTS);
    assert_eq!(check(&world, &output), 1);
    assert_eq!(column(&output, "bytes"), [500_000_000]);
    assert!(peak.is_none_or(|peak| peak < LIMIT), "{peak:?} KiB");
}

/// Runs a command, and looks at its peak memory in KiB, where that can be seen. Of a build that is
/// not optimised, what it maps from its own file is left out: that alone comes near the limit.
fn measured(world: &World, arguments: &[&str]) -> (Output, Option<u64>) {
    let row = if cfg!(debug_assertions) {
        memory::ANONYMOUS
    } else {
        memory::MOST
    };
    let (output, most) = memory::until_end(world.spawn(world.command(arguments)), row);
    assert_eq!(output.code, 0, "{output:#?}");
    (output, most)
}
