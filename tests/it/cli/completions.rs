//! The scripts in `completions/` are those that the program prints; `UPDATE=1` rewrites them.

use std::path::Path;

use crate::world::World;

const SCRIPTS: [(&str, &str); 5] = [
    ("bash", "eprospera.bash"),
    ("zsh", "_eprospera"),
    ("fish", "eprospera.fish"),
    ("powershell", "_eprospera.ps1"),
    ("elvish", "eprospera.elv"),
];

#[test]
fn the_committed_scripts_are_current() {
    let world = World::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
    let update = std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1");
    for (shell, name) in SCRIPTS {
        let printed = world.run(&["completions", shell]).succeeds().stdout;
        let path = folder.join(name);
        if update {
            crate::world::write(&path, printed.as_bytes());
        }
        let committed = std::fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            committed == printed,
            "completions/{name} is stale: run the tests with UPDATE=1"
        );
    }
}

#[test]
fn each_script_calls_the_program_by_its_name_and_says_how_to_load_it() {
    let world = World::new();
    for (shell, _) in SCRIPTS {
        let script = world.run(&["completions", shell]).succeeds().stdout;
        assert!(
            script.contains("eprospera __complete")
                || script.contains("$command __complete")
                || script.contains("(external eprospera) __complete"),
            "{shell}"
        );
        assert!(
            script.contains(&format!("eprospera completions {shell}")),
            "{shell}"
        );
        assert!(!script.contains(crate::world::program()), "{shell}");
    }
}

#[test]
fn they_need_no_folder_and_no_configuration() {
    let mut world = World::new();
    world.write("config/config.toml", "= broken");
    world.unset("HOME");
    world.run(&["completions", "zsh"]).succeeds();
    world.run(&["--version"]).succeeds();
    assert!(!world.path("state").exists());
}

/// Windows has no bash of its own.
#[test]
#[cfg(unix)]
fn bash_understands_its_script() {
    let world = World::new();
    let script = world.run(&["completions", "bash"]).succeeds().stdout;
    let path = world.write("script.bash", &script).display().to_string();
    let folder = Path::new(crate::world::program()).parent().unwrap();
    let ask = format!(
        "PATH='{}':$PATH; source '{path}'; COMP_WORDS=(eprospera deco); COMP_CWORD=1; \
         _eprospera eprospera deco eprospera; echo \"${{COMPREPLY[*]}}\"",
        folder.display()
    );
    let mut bash = world.command_of("bash", &["--norc", "-c", &ask]);
    bash.stdin(std::process::Stdio::null());
    let output = world.finish(bash).succeeds();
    assert_eq!(output.stdout.trim(), "decode-id-token", "{output:#?}");
}
