use super::*;

fn config(text: &str) -> Result<Config, Error> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("config.toml");
    std::io::Write::write_all(&mut std::fs::File::create(&path).unwrap(), text.as_bytes()).unwrap();
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
        ("[profiles.work]\nclientid = \"a\"\n", "clientid"),
        ("[profiles.work]\nclient_id = 7\n", "must be a text"),
        ("profiles = 1\n", "must be a table"),
        ("colour = true\n", "no key `colour`"),
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
