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
        meaning: "The provider, or the setting `token_auth`, wants a client with a secret, and \
                  there is none.",
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
        actions: &["Correct the path, the owner or the mode of the file."],
    },
    Explanation {
        code: "client_unknown",
        title: "The provider does not know the client",
        meaning: "The provider refuses the client id together with this redirect URI.",
        causes: &[
            "The client id is misspelt, or is that of another provider.",
            "None of the redirect URIs is registered for the client.",
        ],
        actions: &[
            "Compare client id and redirect URIs with what you registered at the provider.",
            "Run `eprospera status` to see where each comes from.",
        ],
    },
    Explanation {
        code: "redirect_uri_unregistered",
        title: "A redirect URI is not registered",
        meaning: "The provider knows the client, but this redirect URI is not registered for it. A login that uses it fails.",
        causes: &[
            "The provider compares redirect URIs letter by letter, port included.",
            "The defaults of this program are in use, and you registered others.",
        ],
        actions: &[
            "Register the redirect URI at the provider.",
            "Or set those that are registered, with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "redirect_uri_unusable",
        title: "No redirect URI is an address of this machine",
        meaning: "The browser cannot bring the answer back by itself, so `login` asks you to \
                  paste the last address.",
        causes: &["Only the redirect URI of a web site is registered."],
        actions: &[
            "Register http://127.0.0.1:8736/callback at the provider.",
            "Or paste the address when `login` asks for it.",
        ],
    },
    Explanation {
        code: "port_in_use",
        title: "A redirect port is in use",
        meaning: "Another program listens at the port where `login` would wait for the \
                  browser. If all redirect ports are in use, `login` fails.",
        causes: &[
            "Another `eprospera login` waits in another terminal.",
            "A development server uses the port.",
        ],
        actions: &[
            "End the program that doctor names, if you do not need it.",
            "Or sign in without a port: `eprospera login --device` or `eprospera login \
             --paste`.",
        ],
    },
    Explanation {
        code: "port_denied",
        title: "The system does not let you use a redirect port",
        meaning: "`login` cannot wait for the browser there.",
        causes: &[
            "Ports below 1024 are for administrators.",
            "Windows reserves ranges of ports.",
        ],
        actions: &[
            "Register a redirect URI with another port.",
            "Or sign in without a port: `eprospera login --device` or `eprospera login \
             --paste`.",
        ],
    },
    Explanation {
        code: "token_given",
        title: "The token comes from a variable",
        meaning: "EPROSPERA_TOKEN or EPROSPERA_TOKEN_FILE is set: commands use that token as \
                  it is, and not your session.",
        causes: &["The variable was set for a script, or by `eprospera exec`."],
        actions: &["Unset the variable to use your session."],
    },
    Explanation {
        code: "token_unusable",
        title: "The given token cannot be used",
        meaning: "EPROSPERA_TOKEN or EPROSPERA_TOKEN_FILE holds something that is not a token, \
                  or a file that cannot be read.",
        causes: &[
            "The file does not exist, is empty, or belongs to another user.",
            "The token has blanks or line breaks, or is for another provider.",
        ],
        actions: &["Correct the variable, or unset it to use your session."],
    },
    Explanation {
        code: "not_signed_in",
        title: "You are not signed in",
        meaning: "There is no session for this profile, issuer, client and store.",
        causes: &[
            "You have not signed in yet, or have signed out.",
            "The session is in another store than the one in use.",
        ],
        actions: &[
            "Run `eprospera login`.",
            "Run `eprospera status` to see what is in use.",
        ],
    },
    Explanation {
        code: "session_other_client",
        title: "You are signed in with another client or issuer",
        meaning: "This profile has a session, but it belongs to a different client id or issuer than the one in use.",
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
        title: "The session is with another provider",
        meaning: "The stored tokens came from another provider than the one in use, which must \
                  never see them.",
        causes: &["The provider of the profile was changed after the login."],
        actions: &["Run `eprospera login`, or choose another profile with `--profile`."],
    },
    Explanation {
        code: "session_exported",
        title: "The session was exported",
        meaning: "The session was exported to another machine, and a copy is kept here until it has arrived.",
        causes: &["`eprospera session export` was run."],
        actions: &[
            "Use it on the other machine with `eprospera session import`.",
            "If it did not arrive, run `eprospera session restore`.",
        ],
    },
    Explanation {
        code: "session_expired",
        title: "The session has expired",
        meaning: "The access token is no longer valid, and nothing can refresh it.",
        causes: &[
            "The session has no refresh token: scope `offline_access` was not asked for, or \
             the provider has none.",
            "The session was not used for 180 days.",
        ],
        actions: &["Run `eprospera login`."],
    },
    Explanation {
        code: "session_ends_soon",
        title: "The session ends soon",
        meaning: "A refresh token is valid for 180 days, and this one has not been used for most of that time.",
        causes: &["No command has refreshed the session for months."],
        actions: &["Run `eprospera refresh`, which begins another 180 days."],
    },
    Explanation {
        code: "session_refused",
        title: "The provider no longer accepts the token",
        meaning: "The token has not expired, and the provider refuses it.",
        causes: &[
            "The session was ended at the provider, or on another machine.",
            "The token is for another provider or environment.",
        ],
        actions: &[
            "Run `eprospera login`.",
            "If a variable gives the token, set a valid one or unset it.",
        ],
    },
    Explanation {
        code: "scope_missing",
        title: "A scope is missing",
        meaning: "The session may not read what a command asks for.",
        causes: &["The scope was not asked for at the login, or you did not agree to it."],
        actions: &["To sign in again with the scope, run the command that doctor prints."],
    },
];
