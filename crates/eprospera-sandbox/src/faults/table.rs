//! The actions of fault rules, as one table: rules are refused with it, and the help of the client shows it.

use crate::faults::fault::Endpoint;

/// An action of a rule.
#[derive(Clone, Copy, Debug)]
pub struct FaultAction {
    /// As it is written, or `STATUS`, which stands for a number.
    pub name: &'static str,
    /// What can follow after `=`.
    pub argument: Option<&'static str>,
    /// What it does.
    pub meaning: &'static str,
}

const fn plain(name: &'static str, meaning: &'static str) -> FaultAction {
    FaultAction {
        name,
        argument: None,
        meaning,
    }
}

const fn with(name: &'static str, argument: &'static str, meaning: &'static str) -> FaultAction {
    FaultAction {
        name,
        argument: Some(argument),
        meaning,
    }
}

/// Stands for any status in the table.
pub(super) const STATUS: &str = "STATUS";

pub(super) const EVERYWHERE: &[FaultAction] = &[
    plain(
        STATUS,
        "answer with this status, from 300 to 599; `429=5` sends Retry-After, `302=URL` a Location",
    ),
    with("slow", "DURATION", "wait, then answer as usual"),
    plain("hang", "never answer"),
    plain("drop", "close the connection before doing anything"),
    plain(
        "drop-after-commit",
        "do what was asked, then close the connection without an answer",
    ),
    plain("hang-after-commit", "do what was asked, then never answer"),
    plain(
        "half-body",
        "send half of the answer, then close the connection",
    ),
    plain("stall", "send half of the answer, then nothing more"),
    plain("html", "answer with the page of a captive portal"),
    plain("garbage", "answer with invalid JSON labelled as JSON"),
    plain("huge", "send 100 MB"),
    with("huge", "length", "send 100 MB, with a Content-Length"),
    with("error", "CODE", "answer with this OAuth error"),
    plain("empty", "answer 200 without a body"),
];

const JWKS: &[FaultAction] = &[
    plain("rotate", "replace the signing key"),
    with(
        "rotate",
        "keep-old",
        "replace the signing key, and keep publishing the old one",
    ),
    plain("rsa-short", "publish an RSA key of 1,024 bits"),
];

const DISCOVERY: &[FaultAction] = &[
    plain("wrong-issuer", "name another issuer"),
    plain(
        "http-endpoints",
        "give endpoints without TLS on another host",
    ),
    plain("cross-origin", "put the token endpoint on another origin"),
    plain("short", "serve the document of older portals"),
];

const TOKEN: &[FaultAction] = &[
    plain(
        "no-refresh",
        "send no refresh token; the old one stays valid",
    ),
    plain("no-rotate", "send the same refresh token again"),
    plain("narrow-scope", "grant fewer scopes than before"),
    plain(
        "echo",
        "answer 500 with the refresh token in the description of the error",
    ),
];

const ANY_TOKEN: &[FaultAction] = &[
    with(
        "expires-in",
        "JSON",
        "send this `expires_in`, or leave it out with `absent`",
    ),
    with("token-type", "NAME", "send this `token_type`"),
    plain("no-scope", "leave out `scope`"),
];

const FILES: &[FaultAction] = &[
    plain("expired", "treat the download link as expired"),
    plain("changed", "send another file than before"),
];

const ID_TOKEN: &[FaultAction] = &[
    plain("bad-nonce", "use a different nonce"),
    plain("bad-signature", "break the signature"),
    plain("wrong-aud", "name another client as the audience"),
    plain("wrong-iss", "name another issuer"),
    plain("expired", "set its expiry to an hour ago"),
    plain("unknown-kid", "name a key that is not published"),
    plain("none-alg", "set `alg` to `none`, without a signature"),
    plain("hs256", "sign with HS256 and the public key"),
    plain("wrong-sub", "name another person"),
    plain("bad-at-hash", "use a wrong hash of the access token"),
    plain("missing", "send no ID token"),
];

/// Every action under a heading that says where it can be used.
pub fn fault_actions() -> [(&'static str, &'static [FaultAction]); 7] {
    [
        ("Actions for every endpoint except id_token", EVERYWHERE),
        ("More actions for token", TOKEN),
        ("More actions for token and prosper_token", ANY_TOKEN),
        ("More actions for discovery", DISCOVERY),
        ("More actions for jwks", JWKS),
        ("More actions for files", FILES),
        ("Actions for id_token", ID_TOKEN),
    ]
}

/// The endpoints of fault rules, as they are written.
pub fn fault_endpoints() -> impl Iterator<Item = &'static str> {
    Endpoint::ALL.into_iter().map(Endpoint::as_str)
}

/// The actions that an endpoint has.
pub(super) fn actions_of(endpoint: Endpoint) -> impl Iterator<Item = &'static FaultAction> {
    let lists: &[&[FaultAction]] = match endpoint {
        Endpoint::Jwks => &[EVERYWHERE, JWKS],
        Endpoint::Discovery => &[EVERYWHERE, DISCOVERY],
        Endpoint::Token => &[EVERYWHERE, TOKEN, ANY_TOKEN],
        Endpoint::ProsperToken => &[EVERYWHERE, ANY_TOKEN],
        Endpoint::Files => &[EVERYWHERE, FILES],
        Endpoint::IdToken => &[ID_TOKEN],
        _ => &[EVERYWHERE],
    };
    lists.iter().copied().flatten()
}
