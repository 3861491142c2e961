//! The manual pages, as far as they can be judged without `man`.

use crate::world::World;

#[test]
fn the_main_page_has_every_section_and_every_command() {
    let world = World::new();
    let page = world.run(&["man"]).succeeds().stdout;
    for section in [
        "NAME",
        "SYNOPSIS",
        "DESCRIPTION",
        "EXAMPLES",
        "OPTIONS",
        "SUBCOMMANDS",
        "\"GLOBAL OPTIONS\"",
        "\"EXIT STATUS\"",
        "\"SEE ALSO\"",
    ] {
        let plain = section.replace('"', "");
        assert!(
            page.contains(&format!(".SH {section}\n")) || page.contains(&format!(".SH {plain}\n")),
            "{section}"
        );
    }
    assert!(page.contains("eprospera\\-login(1)"), "{page}");
    assert!(page.contains("\\-\\-client\\-id"), "{page}");
}

#[test]
fn every_command_and_every_topic_has_a_page_with_its_examples() {
    let world = World::new();
    let folder = world.path("new/folder");
    let named = folder.display().to_string();
    world.run(&["man", &named]).succeeds();
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    for name in [
        "eprospera.1",
        "eprospera-login.1",
        "eprospera-me-tax-filings.1",
        "eprospera-session-export.1",
    ] {
        let page = read(name);
        assert!(
            page.contains(".TH ") && page.contains(".SH EXAMPLES\n"),
            "{name}"
        );
        assert!(page.contains(".nf\n.RS 4\neprospera "), "{name}");
        assert!(
            !page.contains('\u{a0}') && !page.contains('\u{1b}'),
            "{name}"
        );
    }
    for topic in ["exit-codes", "environment", "sandbox-faults", "options"] {
        let page = read(&format!("eprospera-{topic}.7"));
        assert!(page.contains(".SH DESCRIPTION\n"), "{page}");
    }
    assert!(!folder.join("eprospera-auth.1").exists());
    // A second run replaces what the first one wrote.
    world.run(&["man", &named]).succeeds();
}

#[test]
fn a_folder_that_cannot_be_written_to_is_a_clear_error() {
    let world = World::new();
    let file = world.write("a-file", "kept").display().to_string();
    let below = format!("{file}/below");
    for path in [&file, &below] {
        let error = world.run(&["man", path]).exits(2).error();
        let message = error["message"].as_str().unwrap();
        assert!(message.contains("is not a folder"), "{error}");
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "kept");
    let error = world.run(&["man", "/proc/nowhere"]).exits(1).error();
    assert!(
        error["message"].as_str().unwrap().contains("/proc/nowhere"),
        "{error}"
    );
    world.run(&["man", ""]).exits(2);
}
