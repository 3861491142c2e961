//! `man`, groff and mandoc read the manual pages.

use std::process::Command;

use crate::world::World;

#[test]
fn every_manual_page_is_shown_without_a_warning() {
    let world = World::new();
    let folder = world.path("pages");
    world
        .run(&["man", &folder.display().to_string()])
        .succeeds();
    let mut shown = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        let run = |program: &str, arguments: &[&str]| {
            let output = Command::new(program)
                .args(arguments)
                .arg(&path)
                .env("LC_ALL", "C.UTF-8")
                .env("MANWIDTH", "80")
                .output()
                .unwrap();
            let mut warnings = String::from_utf8_lossy(&output.stderr).into_owned();
            if program == "mandoc" {
                warnings += &String::from_utf8_lossy(&output.stdout);
            }
            assert!(
                output.status.success() && warnings.is_empty(),
                "{program} {}: {warnings}",
                path.display()
            );
            String::from_utf8(output.stdout).unwrap()
        };
        run("groff", &["-ww", "-k", "-man", "-Tutf8"]);
        run("mandoc", &["-T", "lint", "-W", "warning"]);
        let text = run("man", &["--warnings", "-l"]);
        assert!(text.contains("NAME"), "{text}");
        shown += 1;
    }
    assert!(shown > 40, "{shown} pages");
}
