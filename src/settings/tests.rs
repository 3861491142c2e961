use super::*;

fn resolve(
    flags: &Global,
    variables: &[(&str, &str)],
    profile: Option<Profile>,
    last: Option<LastLogin>,
) -> Result<Settings, Error> {
    let name = Setting {
        value: "work".to_owned(),
        source: Source::Default,
    };
    Settings::resolve(
        name,
        flags,
        &Environment::from_table(variables),
        profile,
        last,
    )
}

fn last_login() -> LastLogin {
    LastLogin {
        issuer: "https://last.example".to_owned(),
        client_id: "last".to_owned(),
        redirect_uris: vec!["http://127.0.0.1:1/last".to_owned()],
        scopes: "openid last".to_owned(),
        store: "plain-file".to_owned(),
        sessions: vec![],
    }
}

#[test]
fn the_nearer_source_wins() {
    let flags = Global {
        client_id: Some("flag".to_owned()),
        ..Global::default()
    };
    let variables = [(env::CLIENT_ID, "variable")];
    let profile = Profile {
        client_id: Some("profile".to_owned()),
        ..Profile::default()
    };
    let last = Some(last_login());
    let id = |settings: Settings| {
        let id = settings.client_id.unwrap();
        (id.value, id.source)
    };
    let all = resolve(&flags, &variables, Some(profile.clone()), last.clone()).unwrap();
    assert_eq!(id(all), ("flag".to_owned(), Source::Flag("--client-id")));
    let none = Global::default();
    let some = resolve(&none, &variables, Some(profile.clone()), last.clone()).unwrap();
    assert_eq!(
        id(some),
        ("variable".to_owned(), Source::Variable(env::CLIENT_ID))
    );
    let some = resolve(&none, &[], Some(profile), last.clone()).unwrap();
    assert_eq!(id(some), ("profile".to_owned(), Source::Profile));
    let some = resolve(&none, &[], None, last).unwrap();
    assert_eq!(id(some), ("last".to_owned(), Source::LastLogin));
    assert!(resolve(&none, &[], None, None).unwrap().client_id.is_none());
}

#[test]
fn what_the_last_login_used_stays_at_its_issuer() {
    let flags = Global {
        issuer: Some("https://other.example".to_owned()),
        ..Global::default()
    };
    let settings = resolve(&flags, &[], None, Some(last_login())).unwrap();
    assert!(settings.client_id.is_none());
    assert_eq!(settings.scopes.source, Source::Default);
}

#[test]
fn a_bad_value_is_reported_with_its_source() {
    let error = resolve(&Global::default(), &[(env::STORE, "cupboard")], None, None).unwrap_err();
    assert_eq!(error.kind(), Kind::Usage);
    assert!(
        error.message().contains("EPROSPERA_STORE"),
        "{}",
        error.message()
    );
    let error = resolve(
        &Global::default(),
        &[(env::ISSUER, "http://portal.example")],
        None,
        None,
    )
    .unwrap_err();
    assert!(
        error.message().contains("EPROSPERA_ISSUER"),
        "{}",
        error.message()
    );
}
