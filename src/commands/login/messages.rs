//! What `login` says about why it ended, or does not go on as one might expect.

use std::time::Duration;

use crate::browser::Reason;
use crate::cli::ResponseModeArg;
use crate::error::Error;
use crate::oauth::{self, Obstacle, RedirectUri, Rejection};
use crate::provider::Provider;

/// What is said where an answer with tokens was not waited for.
pub(super) const TOKENS_MAY_LIVE: &str = "the provider was about to give tokens: if it did, they are not kept, and stay valid until they \
     expire or are ended there";

pub(super) fn mode(mode: ResponseModeArg) -> oauth::ResponseMode {
    match mode {
        ResponseModeArg::Query => oauth::ResponseMode::Query,
        ResponseModeArg::Fragment => oauth::ResponseMode::Fragment,
        ResponseModeArg::FormPost => oauth::ResponseMode::FormPost,
    }
}

pub(super) fn why_not(reason: Reason) -> &'static str {
    match reason {
        Reason::Forbidden => "No browser is opened, as asked.",
        Reason::NoInput => "No browser is opened without a person (--no-input or CI).",
        Reason::Ssh => "No browser is opened from a remote shell.",
        Reason::Container => "No browser is opened from a container without a display.",
        Reason::NoDisplay => "No browser is opened without a display.",
        Reason::NoTerminal => "No browser is opened without a terminal.",
        Reason::TextBrowser => {
            "A text browser needs a terminal of its own, so it is not started here. Open the URL \
             with it in another terminal, or in any browser."
        }
    }
}

pub(super) fn timed_out(after: Duration, provider: &Provider) -> Error {
    let error = Error::timeout(format!(
        "the sign-in timed out after {}",
        humantime::format_duration(after)
    ));
    let mut hints = provider.dead_ends.iter();
    hints.by_ref().fold(error, |error, hint| error.hint(*hint))
}

/// The same, where a code was to be approved.
pub(super) fn timed_out_on_device(after: Duration) -> Error {
    let after = humantime::format_duration(after);
    Error::timeout(format!(
        "the code was not approved in time (waited {after})"
    ))
    .hint("nothing was stored; allow more with `--timeout`")
}

/// The code of a device has had its time. The last trouble may be why nobody heard of an approval.
pub(super) fn expired(last_trouble: Option<String>) -> Error {
    let words = match last_trouble {
        Some(trouble) => format!("the code expired, and the last request failed: {trouble}"),
        None => "the code expired before it was approved".to_owned(),
    };
    Error::timeout(words).hint("nothing was stored; run `eprospera login --device` for a new code")
}

/// A provider that has no such thing.
pub(super) fn no_device_grant(provider: &Provider) -> Error {
    Error::usage(format!(
        "this server of {} offers no sign-in on another device",
        provider.title
    ))
    .hint(
        "sign in with a browser: `eprospera login`, or `eprospera login --paste` without one here",
    )
}

/// What keeps the browser from coming back, and what to do.
pub(super) fn obstacle(obstacle: Obstacle, redirect_uri: &RedirectUri, can_paste: bool) -> String {
    let paste = if can_paste {
        "paste the address at which it ended here"
    } else {
        "sign in with `eprospera login --paste`, and paste the address at which it ends"
    };
    match obstacle {
        Obstacle::Https => format!(
            "the browser asked for https, and {redirect_uri} is http: it has a rule that makes \
             https of this address; {paste}"
        ),
        Obstacle::LongHeaders => format!(
            "the browser sent too long headers to {redirect_uri}: delete its cookies of that \
             address and reload the page, or {paste}"
        ),
        Obstacle::LongAddress => format!(
            "the browser came to {redirect_uri} with an address of more than 16 KiB; {paste}"
        ),
        Obstacle::OtherName => format!(
            "the browser came under another name or port than that of {redirect_uri}; {paste}"
        ),
        Obstacle::OtherWay => format!(
            "the provider's answer came to {redirect_uri} as a form, or with a slash too much; if it \
             was a form, sign in with `--response-mode form_post`, else {paste}"
        ),
        Obstacle::StrayError => format!(
            "the browser brought an error to {redirect_uri} that does not carry the state of this \
             login, which goes on; if you or the provider refused the sign-in, press Ctrl-C"
        ),
        Obstacle::Unusable(rejection) => format!(
            "the provider's answer cannot be used, for {rejection}; open the URL again, and tell \
             the provider if this repeats"
        ),
    }
}

/// Why a paste is not the answer, and what would be.
pub(super) fn mispasted(rejection: Rejection, redirect_uri: &RedirectUri) -> String {
    use Rejection as R;
    match rejection {
        R::Beginning => format!(
            "that is the address to open; paste the one at which the browser ends, which begins \
             with {redirect_uri}"
        ),
        R::OtherAddress => format!(
            "that is not the answer to this login; paste the whole address at which the browser \
             ends, which begins with {redirect_uri}"
        ),
        R::WrongState => "that is the answer to another login; open the URL above, and paste the \
                          address at which the browser ends"
            .to_owned(),
        R::NoState | R::CutState | R::Empty | R::MalformedCode => {
            format!("that is not the whole address, for {rejection}; copy all of it")
        }
        R::Repeated(_) | R::Both => format!("that address cannot be used, for {rejection}"),
    }
}
