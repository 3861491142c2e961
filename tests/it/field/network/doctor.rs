//! What `doctor` says about certificates, and that it names who signed them.

use rcgen::{CertificateParams, date_time_ymd};

use super::{Authority, SecureIssuer};
use crate::doctor::{Case, Fix, UNSET_ISSUER, diagnose, examine, row};

const NETWORK: [&str; 2] = ["--only", "network"];

const SET_THE_CLOCK: &str = if cfg!(windows) {
    "w32tm /resync"
} else {
    "set-ntp"
};

#[test]
fn a_certificate_that_is_not_accepted_is_named_with_who_signed_it() {
    let authority = Authority::new("Test Root");
    let trusted = SecureIssuer::trusted_by(&authority);
    let run = examine(&trusted.user_who_trusts(&authority), &NETWORK);
    let output = run.succeeds();
    assert!(
        output.stdout.contains("TLS works; signed by Test Root"),
        "{output:#?}"
    );

    let stranger = Authority::new("Company Root");
    let intercepted = SecureIssuer::trusted_by(&authority);
    intercepted.show(stranger.server(|_| {}));
    let run = examine(&intercepted.user_who_trusts(&authority), &NETWORK);
    let found = row(&run, "tls_untrusted").unwrap();
    let message = found["message"].as_str().unwrap();
    assert!(message.ends_with("; signed by Company Root"), "{message}");
    assert!(intercepted.is_untouched());

    let showing = |change: fn(&mut CertificateParams)| {
        let server = SecureIssuer::trusted_by(&authority);
        server.show(authority.server(change));
        server.user_who_trusts(&authority)
    };
    let unset = || Fix::Says(UNSET_ISSUER);
    diagnose([
        // Wine names another cause.
        #[cfg(unix)]
        Case::new("nobody trusts it", trusted.user(), &NETWORK).fails(
            "tls_untrusted",
            11,
            Fix::Says("export EPROSPERA_CA_FILE="),
        ),
        Case::new(
            "another name",
            showing(|params| {
                *params = CertificateParams::new(vec!["hotspot.example".to_owned()]).unwrap();
            }),
            &NETWORK,
        )
        .fails("tls_wrong_name", 11, unset()),
        Case::new(
            "expired",
            showing(|params| {
                params.not_before = date_time_ymd(2019, 1, 1);
                params.not_after = date_time_ymd(2020, 1, 1);
            }),
            &NETWORK,
        )
        .fails("tls_expired", 11, unset()),
        Case::new(
            "not valid yet",
            showing(|params| {
                params.not_before = date_time_ymd(2090, 1, 1);
                params.not_after = date_time_ymd(2091, 1, 1);
            }),
            &NETWORK,
        )
        .fails("tls_not_yet_valid", 11, Fix::Says(SET_THE_CLOCK)),
    ]);
}
