//! The table of filters in `src/output/jq/golden.json`, of which `cargo test` holds that `--jq` agrees with it, against
//! the real jq.

use std::path::Path;
use std::process::Command;

#[test]
fn the_table_of_filters_says_what_the_real_jq_gives() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let python = root.join("tests/real/python/bin/python");
    assert!(
        python.is_file(),
        "run `python3 -m venv tests/real/python`, and install tests/real/requirements.txt"
    );
    let output = Command::new(python)
        .arg(root.join("tests/real/jq_golden.py"))
        .arg(root.join("src/output/jq/golden.json"))
        .output()
        .unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    let lines = String::from_utf8(output.stdout).unwrap();
    let mut lines: Vec<_> = lines.lines().collect();
    let count: usize = lines.pop().unwrap().parse().unwrap();
    assert!(count >= 200, "{count}");
    assert!(lines.is_empty(), "{}", lines.join("\n"));
}
