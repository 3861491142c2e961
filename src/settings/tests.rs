use super::*;
use crate::error::Kind;

fn resolve(
    flags: &Global,
    variables: &[(&str, &str)],
    profile: Option<Profile>,
    last: Option<LastLogin>,
) -> Result<Settings, Error> {
    let name = Setting {
        value: "work".to_owned(),
        source: SettingSource::Default,
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
        provider: "eprospera".to_owned(),
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
    assert_eq!(
        id(all),
        ("flag".to_owned(), SettingSource::Flag("--client-id"))
    );
    let none = Global::default();
    let some = resolve(&none, &variables, Some(profile.clone()), last.clone()).unwrap();
    assert_eq!(
        id(some),
        (
            "variable".to_owned(),
            SettingSource::Variable(env::CLIENT_ID)
        )
    );
    let some = resolve(&none, &[], Some(profile), last.clone()).unwrap();
    assert_eq!(id(some), ("profile".to_owned(), SettingSource::Profile));
    let some = resolve(&none, &[], None, last).unwrap();
    assert_eq!(id(some), ("last".to_owned(), SettingSource::LastLogin));
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
    assert_eq!(settings.scopes.source, SettingSource::Default);
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

#[test]
fn a_profile_of_the_file_is_laid_over_the_built_in_one() {
    let profile = Profile {
        client_id: Some("other".to_owned()),
        ..Profile::default()
    };
    let profile = profile.or(built_in("sandbox").unwrap());
    assert_eq!(profile.client_id.as_deref(), Some("other"));
    assert_eq!(profile.issuer.as_deref(), Some("http://127.0.0.1:8787"));
}

fn resolve_named(name: &str, issuer: Option<&str>) -> Result<Settings, Error> {
    let name = Setting {
        value: name.to_owned(),
        source: SettingSource::Default,
    };
    let flags = Global {
        issuer: issuer.map(str::to_owned),
        ..Global::default()
    };
    let nothing = Environment::from_table(&[]);
    Settings::resolve(name, &flags, &nothing, None, None)
}

#[test]
fn a_built_in_profile_brings_its_provider_issuer_and_client() {
    for (name, provider, issuer, client) in [
        (
            "prosper",
            "prosper",
            "https://admin-prod.prosperex.com.au",
            None,
        ),
        (
            "sandbox-prosper",
            "prosper",
            "http://127.0.0.1:8787",
            Some("sandbox-web"),
        ),
        (
            "sandbox",
            "eprospera",
            "http://127.0.0.1:8787",
            Some("sandbox-cli"),
        ),
        ("work", "eprospera", "https://portal.eprospera.com", None),
    ] {
        let settings = resolve_named(name, None).unwrap();
        assert_eq!(settings.provider.value.name, provider, "{name}");
        assert_eq!(settings.issuer.value.as_str(), issuer, "{name}");
        let id = settings.client_id.map(|id| id.value);
        assert_eq!(id.as_deref(), client, "{name}");
    }
}

#[test]
fn a_profile_and_an_issuer_of_two_providers_do_not_go_together() {
    for (name, issuer) in [
        ("prosper", "https://portal.eprospera.com"),
        ("prosper", "https://staging-portal.eprospera.com"),
        ("work", "https://admin-prod.prosperex.com.au"),
        ("staging", "https://admin-prod.prosperex.com.au/"),
    ] {
        let error = resolve_named(name, Some(issuer)).unwrap_err();
        assert_eq!(error.kind(), Kind::Usage);
        assert!(error.message().contains("(from --issuer)"), "{error:?}");
    }
    let error = resolve_named(
        "sandbox-prosper",
        Some("https://admin-prod.prosperex.com.au"),
    );
    assert!(
        error
            .unwrap_err()
            .message()
            .contains("only loopback issuers")
    );
    resolve_named("prosper", Some("http://127.0.0.1:8787")).unwrap();
}

#[test]
fn the_last_login_says_the_provider_where_the_profile_does_not_and_nothing_to_another() {
    let last = LastLogin {
        provider: "prosper".to_owned(),
        ..last_login()
    };
    let settings = resolve(&Global::default(), &[], None, Some(last)).unwrap();
    assert_eq!(settings.provider.value.name, "prosper");
    assert_eq!(settings.provider.source, SettingSource::LastLogin);
    let profile = Profile {
        provider: Some("prosper".to_owned()),
        ..Profile::default()
    };
    let settings = resolve(&Global::default(), &[], Some(profile), Some(last_login())).unwrap();
    assert_eq!(settings.issuer.source, SettingSource::Default);
    assert!(settings.client_id.is_none());
    assert_eq!(settings.scopes.value, "user:email");
}

#[test]
fn a_way_to_authenticate_must_be_one_of_the_providers() {
    let profile = |provider: &str, method: &str| {
        let profile = Profile {
            provider: Some(provider.to_owned()),
            token_auth: Some(method.to_owned()),
            ..Profile::default()
        };
        resolve(&Global::default(), &[], Some(profile), None)
    };
    profile("prosper", "client_secret_post").unwrap();
    profile("eprospera", "none").unwrap();
    for method in ["none", "client_secret_basic"] {
        let error = profile("prosper", method).unwrap_err();
        assert!(
            error.message().contains("use client_secret_post"),
            "{error:?}"
        );
    }
}
