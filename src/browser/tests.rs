//! When what opens the URL, and what is said where nothing does.

use super::*;

/// Every combination of the nine inputs, with the rules said a second way: as the list of
/// conditions under which each outcome is right.
#[test]
fn how_to_open_is_decided_by_the_surroundings_alone() {
    for bits in 0..512_u16 {
        let bit = |index: u16| bits & (1 << index) != 0;
        let around = OpenerEnv {
            forbidden: bit(0),
            program: bit(1).then(|| OsString::from("opener")),
            no_input: bit(2),
            ssh: bit(3),
            wsl: bit(4),
            container: bit(5),
            display: bit(6),
            person: bit(7),
            device: bit(8),
        };
        let outcome = around.opener();
        let local_screen = around.wsl || around.display;
        let expected = if around.forbidden {
            Opener::Nobody(Reason::Forbidden)
        } else if around.program.is_some() {
            Opener::Program("opener".into())
        } else if around.no_input {
            Opener::Nobody(Reason::NoInput)
        } else if around.device && !around.person {
            Opener::Nobody(Reason::NoTerminal)
        } else if around.ssh && !(around.wsl && around.display) {
            Opener::Nobody(Reason::Ssh)
        } else if local_screen {
            Opener::System
        } else if around.container {
            Opener::Nobody(Reason::Container)
        } else {
            Opener::Nobody(Reason::NoDisplay)
        };
        assert_eq!(outcome, expected, "{around:?}");
        // Nothing was said against a browser, and there is none.
        let out_of_reach = !around.forbidden
            && around.program.is_none()
            && !around.no_input
            && (around.person || !around.device)
            && expected != Opener::System;
        assert_eq!(around.is_out_of_reach(), out_of_reach, "{around:?}");
    }
}

#[test]
fn the_surroundings_are_read_from_the_usual_variables() {
    let table = [
        ("SSH_CONNECTION", "10.0.0.2 5 10.0.0.1 22"),
        ("BROWSER", "firefox"),
        ("WSL_INTEROP", "x"),
    ];
    let around = OpenerEnv::of(&Environment::from_table(&table), None, false, true);
    assert!(around.ssh && around.wsl && around.no_input && !around.forbidden);
    assert_eq!(around.program.as_deref(), Some(OsStr::new("firefox")));
    let flag = OpenerEnv::of(
        &Environment::from_table(&table),
        Some("chromium".into()),
        false,
        false,
    );
    assert_eq!(flag.program.as_deref(), Some(OsStr::new("chromium")));
    for name in TEXT_BROWSERS {
        let named = OpenerEnv::of(&Environment::default(), Some(name.into()), false, false);
        assert_eq!(
            named.opener(),
            Opener::Nobody(Reason::TextBrowser),
            "{name}"
        );
    }
}

#[test]
fn the_forwarding_line_names_the_bound_port() {
    let environment = Environment::from_table(&[
        ("SSH_CONNECTION", "10.0.0.2 5 10.0.0.1 2222"),
        ("USER", "ines"),
    ]);
    for (host, forwarding) in [
        ("127.0.0.1", "8737:127.0.0.1:8737"),
        ("localhost", "8737:localhost:8737"),
        ("127.0.0.5", "127.0.0.5:8737:127.0.0.5:8737"),
        ("[::1]", "'[::1]:8737:[::1]:8737'"),
    ] {
        assert_eq!(
            ssh_forwarding(&environment, host, 8737),
            format!("ssh -N -L {forwarding} -p 2222 ines@10.0.0.1")
        );
    }
}

#[tokio::test]
async fn a_missing_and_a_failing_opener_are_reported() {
    let url = Url::parse("http://127.0.0.1/").unwrap();
    let missing = open(&Opener::Program("/nonexistent/opener".into()), &url)
        .await
        .unwrap();
    assert!(missing.contains("cannot start"), "{missing}");
    if cfg!(unix) {
        let failing = open(&Opener::Program("false".into()), &url).await.unwrap();
        assert!(failing.contains("ended with"), "{failing}");
        assert!(open(&Opener::Program("true".into()), &url).await.is_err());
    }
}
