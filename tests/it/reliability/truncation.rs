//! A session file cut off at every byte is refused, kept, and never sent.

use eprospera::store::StoreKind;

use super::bench::{Bench, name};
use super::report::Table;
use super::size;

#[test]
fn a_session_file_cut_off_at_any_byte_is_refused_and_kept() {
    let columns = [
        "store",
        "lengths tried",
        "exit 13, file kept",
        "refreshes sent",
    ];
    let mut table = Table::new("6-truncation", "A truncated session file", &columns);
    for kind in [StoreKind::PlainFile, StoreKind::EncryptedFile] {
        let bench = Bench::signed_in(&kind);
        let file = bench.session_file();
        let whole = std::fs::read(&file).unwrap();
        let lengths: Vec<_> = (0..whole.len()).step_by(size(1, 61)).collect();
        for &length in &lengths {
            crate::world::write(&file, &whole[..length]);
            let output = bench.world.run(&["token"]).exits(13);
            assert_eq!(output.error()["code"], "store", "{length}: {output:#?}");
            assert_eq!(std::fs::read(&file).unwrap(), whole[..length], "kept");
        }
        crate::world::write(&file, &whole);
        bench.world.run(&["token"]).succeeds();
        assert_eq!(bench.world.refreshes(), 0);
        bench.world.run(&["refresh"]).succeeds();
        let count = lengths.len().to_string();
        table.row(&[name(&kind), &count, &count, "0"]);
    }
    table.publish();
}
