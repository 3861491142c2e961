use super::*;

fn config(text: &str) -> Result<Config, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
    Config::load(&path)
}

#[test]
fn a_comment_survives_a_change() {
    let mut config =
        config("# mine\n[profiles.work]\nclient_id = \"a\" # from an e-mail\n").unwrap();
    config
        .set("work", "store", &["plain-file".to_owned()])
        .unwrap();
    let text = config.document.to_string();
    assert!(
        text.contains("# mine") && text.contains("# from an e-mail"),
        "{text}"
    );
    assert_eq!(
        config.profile("work").unwrap().store.as_deref(),
        Some("plain-file")
    );
}

#[test]
fn redirect_uris_are_a_list_however_they_are_given() {
    let mut config = config("").unwrap();
    config
        .set(
            "work",
            "redirect_uris",
            &["http://a/ http://b/".to_owned(), "http://c/".to_owned()],
        )
        .unwrap();
    let uris = config.profile("work").unwrap().redirect_uris.unwrap();
    assert_eq!(uris, ["http://a/", "http://b/", "http://c/"]);
}

#[test]
fn what_is_wrong_is_named() {
    for (text, part) in [
        ("[profiles.work\n", "line 1"),
        ("[profiles.work]\nclient_id = 7\n", "must be a string"),
        ("profiles = 1\n", "must be a table"),
        ("[profiles.\"a b\"]\n", "cannot name a profile"),
    ] {
        let message = config(text).unwrap_err().to_string();
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn a_profile_that_is_not_there_cannot_be_removed() {
    let mut config = config("").unwrap();
    assert!(matches!(
        config.remove("nope"),
        Err(Error::UnknownProfile(_))
    ));
}

#[test]
fn a_key_that_is_not_known_is_told_with_its_place_and_what_was_probably_meant() {
    for (text, words) in [
        (
            "\n[profiles.work]\nclientid = \"a\"\n",
            ", line 3: the key `profiles.work.clientid` is not known to this version and is ignored; did you mean `client_id`?",
        ),
        (
            "colour = true\n",
            ", line 1: the key `colour` is not known to this version and is ignored",
        ),
        ("# one\nversion = 2\n", ", line 2: the key `version`"),
        (
            "[profiles.work]\n[telemetry.deep]\non = 1\n",
            ", line 2: the key `telemetry`",
        ),
        (
            "profiles = { work = { stor = 1 } }\n",
            ", line 1: the key `profiles.work.stor` is not known to this version and is ignored; did you mean `store`?",
        ),
    ] {
        let config = config(text).unwrap();
        let told: Vec<_> = config.unknown_keys().collect();
        assert!(told.len() == 1 && told[0].contains(words), "{told:?}");
        assert_eq!(config.to_text(), text);
    }
    assert_eq!(
        config("[profiles.work]\nstore = \"plain-file\"\n")
            .unwrap()
            .unknown_keys()
            .count(),
        0
    );
}

#[test]
fn a_new_profile_has_a_name_that_every_file_system_keeps_apart() {
    let known = ["work".to_owned()];
    for (name, why) in [
        ("", "it is empty"),
        ("con", "Windows reserves it"),
        ("NUL", "Windows reserves it"),
        ("aux.txt", "Windows reserves it"),
        ("Com1", "Windows reserves it"),
        ("lpt9.x", "Windows reserves it"),
        ("Work", "only in upper and lower case"),
        ("work.", "ends with a dot"),
        ("work ", "use letters"),
        ("..", "begins with a dot"),
        ("a/b", "use letters"),
        ("-x", "begins with `-`"),
        (&"x".repeat(65), "more than 64"),
    ] {
        let error = check_new_name(name, &known).unwrap_err().to_string();
        assert!(error.contains(why), "{name}: {error}");
    }
    for name in [
        "console", "com", "com10", "lpt", "nul1", "work-2", "a.b", "x",
    ] {
        assert!(check_new_name(name, &known).is_ok(), "{name}");
    }
}
