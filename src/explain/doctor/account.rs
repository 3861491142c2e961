//! The codes of `doctor` about the client and the session.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "client_id_missing",
        title: "No client id is known",
        meaning: "The provider gives each client an id, and `login` needs it.",
        causes: &[
            "You have not set the client id that the provider gave you.",
            "The issuer is not the one you last signed in to.",
        ],
        actions: &[
            "Run `eprospera profile set client_id YOUR-CLIENT-ID`, or set EPROSPERA_CLIENT_ID.",
            "Run `eprospera demo` to try everything without one.",
        ],
    },
    Explanation {
        code: "client_secret_missing",
        title: "The client secret is missing",
        meaning: "The provider, or the setting `token_auth`, requires a client secret, but none is \
                  set.",
        causes: &["The secret was never stored for this issuer and client."],
        actions: &[
            "Run `eprospera profile set client-secret`, or set EPROSPERA_CLIENT_SECRET_FILE.",
        ],
    },
    Explanation {
        code: "client_secret_unusable",
        title: "The client secret cannot be read",
        meaning: "The variable or the file that holds the client secret cannot be used.",
        causes: &["The file does not exist, is empty, or belongs to another user."],
        actions: &["Correct the file's path, owner or mode."],
    },
    Explanation {
        code: "client_unknown",
        title: "The provider does not know the client",
        meaning: "The provider rejects this combination of client id and redirect URI.",
        causes: &[
            "The client id is misspelt, or belongs to a different provider.",
            "None of the redirect URIs is registered for the client.",
        ],
        actions: &[
            "Compare the client id and redirect URIs with what you registered with the provider.",
            "Run `eprospera status` to see where each comes from.",
        ],
    },
    Explanation {
        code: "redirect_uri_unregistered",
        title: "A redirect URI is not registered",
        meaning: "The provider knows the client, but this redirect URI is not registered for it. A \
                  login that uses it fails.",
        causes: &[
            "The provider compares redirect URIs character by character, including the port.",
            "This program's default redirect URIs are in use, but you registered different ones.",
        ],
        actions: &[
            "Register the redirect URI with the provider.",
            "Or set only the registered ones with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "redirect_uri_unusable",
        title: "No redirect URI points to this machine",
        meaning: "The browser cannot send the response back on its own, so `login` asks you to \
                  paste the browser's final address.",
        causes: &["The only registered redirect URI points to a website."],
        actions: &[
            "Register http://127.0.0.1:8736/callback with the provider.",
            "Or paste the address when `login` asks for it.",
        ],
    },
    Explanation {
        code: "port_in_use",
        title: "A redirect port is in use",
        meaning: "Another program is listening on the port where `login` waits for the browser. If \
                  all redirect ports are in use, `login` fails.",
        causes: &[
            "Another `eprospera login` is waiting in a different terminal.",
            "A development server is using the port.",
        ],
        actions: &[
            "Stop the program that doctor names if you do not need it.",
            "Or sign in without a port: `eprospera login --device` or `eprospera login \
             --paste`.",
        ],
    },
    Explanation {
        code: "port_denied",
        title: "The system does not let you use a redirect port",
        meaning: "`login` cannot wait for the browser there.",
        causes: &[
            "Ports below 1024 are reserved for administrators.",
            "Windows reserves some ranges of ports.",
        ],
        actions: &[
            "Register a redirect URI with a different port.",
            "Or sign in without a port: `eprospera login --device` or `eprospera login \
             --paste`.",
        ],
    },
    Explanation {
        code: "token_given",
        title: "The token comes from a variable",
        meaning: "EPROSPERA_TOKEN or EPROSPERA_TOKEN_FILE is set: commands use that token as is, \
                  instead of your session.",
        causes: &["The variable was set for a script, or by `eprospera exec`."],
        actions: &["Unset the variable to use your session."],
    },
    Explanation {
        code: "token_unusable",
        title: "The token that you provided cannot be used",
        meaning: "EPROSPERA_TOKEN or EPROSPERA_TOKEN_FILE is set to something that is not a token, \
                  or to a file that cannot be read.",
        causes: &[
            "The file does not exist, is empty, or belongs to another user.",
            "The token contains spaces or line breaks, or is for a different provider.",
        ],
        actions: &["Correct the variable, or unset it to use your session."],
    },
    Explanation {
        code: "not_signed_in",
        title: "You are not signed in",
        meaning: "There is no session for this profile, issuer, client and store.",
        causes: &[
            "You have not signed in yet, or have signed out.",
            "The session is in a different store from the one in use.",
        ],
        actions: &[
            "Run `eprospera login`.",
            "Run `eprospera status` to see what is in use.",
        ],
    },
    Explanation {
        code: "session_other_client",
        title: "You are signed in with a different client or issuer",
        meaning: "This profile has a session, but it belongs to a different client id or issuer \
                  than the one in use.",
        causes: &[
            "EPROSPERA_CLIENT_ID or EPROSPERA_ISSUER is set in this shell.",
            "The profile was changed after the login.",
        ],
        actions: &[
            "Unset the variable with the command that doctor prints.",
            "Or run `eprospera login` to sign in with the client in use.",
        ],
    },
    Explanation {
        code: "session_other_provider",
        title: "The session belongs to a different provider",
        meaning: "The stored tokens came from a different provider than the one in use, which must \
                  never see them.",
        causes: &["The provider of the profile was changed after the login."],
        actions: &["Run `eprospera login`, or choose another profile with `--profile`."],
    },
    Explanation {
        code: "session_exported",
        title: "The session was exported",
        meaning: "The session was exported to another machine, and a copy is kept here until it \
                  has arrived.",
        causes: &["`eprospera session export` was run."],
        actions: &[
            "Use it on the other machine with `eprospera session import`.",
            "If it did not arrive, run `eprospera session restore`.",
        ],
    },
    Explanation {
        code: "session_expired",
        title: "The session has expired",
        meaning: "The access token is no longer valid, and it cannot be refreshed.",
        causes: &[
            "The session has no refresh token: the scope `offline_access` was not requested, or \
             the provider does not issue refresh tokens.",
            "The session was not used for 180 days.",
        ],
        actions: &["Run `eprospera login`."],
    },
    Explanation {
        code: "session_ends_soon",
        title: "The session ends soon",
        meaning: "A refresh token is valid for 180 days, and this one has not been used for most \
                  of that time.",
        causes: &["No command has refreshed the session for months."],
        actions: &["Run `eprospera refresh`, which starts another 180 days."],
    },
    Explanation {
        code: "session_refused",
        title: "The provider no longer accepts the token",
        meaning: "The token has not expired, but the provider rejects it.",
        causes: &[
            "The session was ended at the provider, or on another machine.",
            "The token is for a different provider or environment.",
        ],
        actions: &[
            "Run `eprospera login`.",
            "If the token comes from a variable, set the variable to a valid token or unset it.",
        ],
    },
    Explanation {
        code: "scope_missing",
        title: "A scope is missing",
        meaning: "The session is not allowed to read what a command asks for.",
        causes: &["The scope was not requested at login, or you did not agree to it."],
        actions: &["To sign in again with the scope, run the command that doctor prints."],
    },
];
