//! What `login` says about why it ended, or does not go on as one might expect.

use std::time::Duration;

use crate::browser::Reason;
use crate::cli::ResponseModeArg;
use crate::error::Error;
use crate::oauth::{self, Obstacle, RedirectUri, Rejection};
use crate::provider::Provider;

/// What is said where an answer with tokens was not waited for.
pub(super) const TOKENS_MAY_LIVE: &str = "the provider may just have issued tokens; they were not \
                                          kept, and stay valid until they expire or you revoke \
                                          them there";

pub(super) fn mode(mode: ResponseModeArg) -> oauth::ResponseMode {
    match mode {
        ResponseModeArg::Query => oauth::ResponseMode::Query,
        ResponseModeArg::Fragment => oauth::ResponseMode::Fragment,
        ResponseModeArg::FormPost => oauth::ResponseMode::FormPost,
    }
}

pub(super) fn why_not(reason: Reason) -> &'static str {
    match reason {
        Reason::Forbidden => "Not opening a browser, as requested.",
        Reason::NoInput => "Not opening a browser (--no-input or CI).",
        Reason::Ssh => "Not opening a browser from a remote shell.",
        Reason::Container => "Not opening a browser from a container without a display.",
        Reason::NoDisplay => "Not opening a browser without a display.",
        Reason::NoTerminal => "Not opening a browser without a terminal.",
        Reason::TextBrowser => {
            "Not opening a text browser, which needs a terminal of its own. Open the URL with it \
             in another terminal, or in any other browser."
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
    .hint("nothing was stored; use a longer `--timeout`")
}

/// The code of a device has had its time. The last trouble may have kept an approval from arriving.
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
        "this server ({}) does not support signing in on another device",
        provider.title
    ))
    .hint(
        "to sign in with a browser, run `eprospera login`, or `eprospera login --paste` if this \
         machine has none",
    )
}

/// What keeps the browser from coming back, and what to do.
pub(super) fn obstacle(obstacle: Obstacle, redirect_uri: &RedirectUri, can_paste: bool) -> String {
    let paste = if can_paste {
        "paste its final address here"
    } else {
        "run `eprospera login --paste` and paste the browser's final address"
    };
    match obstacle {
        Obstacle::Https => format!(
            "the browser used https for {redirect_uri}, because a rule or setting of it forces \
             https; {paste}"
        ),
        Obstacle::LongHeaders => format!(
            "the browser sent headers to {redirect_uri} that are too long; delete its cookies for \
             that address and reload the page, or {paste}"
        ),
        Obstacle::LongAddress => format!(
            "the browser came to {redirect_uri} with an address longer than 16 KiB; {paste}"
        ),
        Obstacle::OtherName => {
            format!("the browser used another host name or port than {redirect_uri}; {paste}")
        }
        Obstacle::OtherWay => format!(
            "the provider's response reached {redirect_uri} as a form, or with an extra slash. If \
             it was a form, sign in with `--response-mode form_post`; otherwise, {paste}"
        ),
        Obstacle::StrayError => format!(
            "the browser brought an error to {redirect_uri} without the state of this login, so \
             the login continues; if you or the provider refused the sign-in, press Ctrl-C"
        ),
        Obstacle::Unusable(rejection) => format!(
            "the provider's response cannot be used because {rejection}; open the URL again. If \
             this repeats, report it to the provider"
        ),
    }
}

/// Why a paste is not the answer, and what would be.
pub(super) fn mispasted(rejection: Rejection, redirect_uri: &RedirectUri) -> String {
    use Rejection as R;
    match rejection {
        R::Beginning => format!(
            "that is the address to open; paste the one where the browser ends up, which begins \
             with {redirect_uri}"
        ),
        R::OtherAddress => format!(
            "that is not the response to this login; paste the whole address where the browser \
             ends up, which begins with {redirect_uri}"
        ),
        R::WrongState => "that is the response to another login; open the URL above, and paste \
                          the address where the browser ends up"
            .to_owned(),
        R::NoState | R::CutState | R::Empty | R::MalformedCode => {
            format!("that is not the whole address, because {rejection}; copy all of it")
        }
        R::Repeated(_) | R::Both => format!("that address cannot be used, because {rejection}"),
    }
}
