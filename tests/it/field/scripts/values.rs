//! Values with what editors, shells and other systems put around them.

use std::fs;

use crate::world::World;

/// What stands before and after a value.
const AROUND: [(&str, &str); 4] = [
    ("", "\r\n"),
    ("\u{feff}", "\n"),
    (" ", " "),
    ("\u{feff}\t", " \r\n\r\n"),
];

fn dressed(value: &str) -> impl Iterator<Item = String> {
    AROUND
        .into_iter()
        .map(move |(before, after)| format!("{before}{value}{after}"))
}

#[test]
fn every_variable_means_the_same_with_what_is_around_it() {
    for (before, after) in AROUND {
        let mut world = World::new();
        for name in ["ISSUER", "CLIENT_ID", "REDIRECT_URI", "STORE"] {
            let name = format!("EPROSPERA_{name}");
            let value = format!("{before}{}{after}", world.variable(&name));
            world.set(&name, &value);
        }
        world.set("EPROSPERA_PROFILE", &format!("{before}work{after}"));
        world.login().succeeds();
        let status = world.run(&["status"]).succeeds().json();
        assert_eq!(status["profile"]["value"], "work");
        assert_eq!(status["client_id"]["value"], "it");
        assert_eq!(status["store"]["value"], "plain-file");
        let access = world.run(&["token"]).succeeds().stdout;
        let given = format!("{before}{}{after}", access.trim());
        world
            .run_in(&[("EPROSPERA_TOKEN", &given)], &["whoami"])
            .succeeds();
    }
}

#[test]
fn a_client_secret_means_the_same_by_every_way_it_comes() {
    for secret in dressed("canary secret/+%") {
        let mut world = World::new();
        world.set("EPROSPERA_CLIENT_ID", "it-web");
        let variable = [("EPROSPERA_CLIENT_SECRET", secret.as_str())];
        let login = |world: &World, variables: &[(&str, &str)]| {
            let mut command = world.command(&["login", "--no-browser"]);
            command.envs(variables.iter().copied());
            world.start(command).complete().succeeds();
        };
        login(&world, &variable);
        let file = world.write("secret", &secret);
        login(
            &world,
            &[("EPROSPERA_CLIENT_SECRET_FILE", &file.display().to_string())],
        );
        world
            .run_with_stdin(&["profile", "set", "client-secret"], &secret)
            .succeeds();
        login(&world, &[]);
    }
}

#[test]
fn a_key_means_the_same_by_variable_and_by_file() {
    for key in ["ab".repeat(32), "correct horse".to_owned()] {
        let mut world = World::new();
        world.encrypt_with(&key);
        world.login().succeeds();
        world.unset("EPROSPERA_STORE_KEY");
        for text in dressed(&key) {
            world
                .run_in(&[("EPROSPERA_STORE_KEY", &text)], &["token"])
                .succeeds();
            let file = world.write("key", &text).display().to_string();
            world
                .run_in(&[("EPROSPERA_STORE_KEY_FILE", &file)], &["token"])
                .succeeds();
        }
    }
}

#[test]
fn a_token_means_the_same_by_file_by_stdin_and_as_an_argument() {
    let world = World::signed_in();
    let access = world.access_token();
    let id = world.run(&["token", "--type", "id"]).succeeds().stdout;
    for (token, id) in dressed(&access).zip(dressed(id.trim())) {
        let file = world.write("token", &token).display().to_string();
        world
            .run_in(&[("EPROSPERA_TOKEN_FILE", &file)], &["whoami"])
            .succeeds();
        world
            .run_with_stdin(&["decode-id-token", "-", "--no-verify"], &id)
            .succeeds();
        world
            .run(&["decode-id-token", &id, "--no-verify"])
            .succeeds();
    }
    let refresh = world.refresh_token();
    fs::remove_dir_all(world.path("state")).unwrap();
    let given = format!("\u{feff}{refresh}\r\n");
    world
        .run_with_stdin(&["login", "--with-token"], &given)
        .succeeds();
}

#[test]
fn flags_and_the_configuration_are_read_in_the_same_way() {
    let mut world = World::new();
    let (url, uri) = (world.url().to_owned(), world.redirect_uris[0].clone());
    world.unset_settings();
    let flags = [
        "--issuer".to_owned(),
        format!(" {url}\r\n"),
        "--client-id".to_owned(),
        "\u{feff}it ".to_owned(),
        "--redirect-uri".to_owned(),
        format!("{uri}\r\n"),
        "--store".to_owned(),
        "plain-file\r".to_owned(),
    ];
    let flags: Vec<_> = flags.iter().map(String::as_str).collect();
    world.login_with(&flags).succeeds();
    world.run(&["token"]).succeeds();
    let text = format!(
        "\u{feff}[profiles.other]\r\nissuer = \"{url} \"\r\nclient_id = \" it\"\r\nstore = \"plain-file \"\r\nredirect_uris = \"{uri}\"\r\n"
    );
    world.write("config/config.toml", &text);
    world.login_with(&["--profile", "other"]).succeeds();
}

#[test]
fn a_client_id_with_a_blank_in_it_is_refused_before_anything_is_sent() {
    let world = World::new();
    for id in ["it it", "it\tx", "it\u{200b}x", "it\nx", "it\u{a0}x"] {
        for output in [
            world
                .run(&["login", "--no-browser", "--client-id", id])
                .exits(2),
            world
                .run_in(&[("EPROSPERA_CLIENT_ID", id)], &["token"])
                .exits(2),
            world.run(&["profile", "set", "client_id", id]).exits(2),
        ] {
            drop(output.because("that is not allowed in a client id"));
        }
    }
    drop(
        world
            .run(&["status", "--client-id", " "])
            .exits(2)
            .because("the client id is empty"),
    );
    assert!(world.sandbox().request_log().is_empty());
}
