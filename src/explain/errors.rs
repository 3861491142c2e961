//! The codes of errors: one page for each kind of failure.

use super::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "failure",
        title: "The command failed for a reason that has no code of its own",
        meaning: "Something went wrong that no other code covers, such as a full disk or an answer \
                  from the portal that this program does not understand. The message says what.",
        causes: &[
            "The portal answered with a server error (5xx).",
            "The issuer URL belongs to another server, so the answers make no sense.",
            "A file could not be read or written.",
        ],
        actions: &[
            "Read the message and its hint first.",
            "Run the command again with `-v` to see each request.",
            "Run `eprospera status` to check which issuer is in use.",
        ],
    },
    Explanation {
        code: "usage",
        title: "The command line, a variable or the configuration is wrong",
        meaning: "The command stopped before it did anything: a flag, an argument, an environment \
                  variable or a value in config.toml is missing or not valid.",
        causes: &[
            "A command, a flag or a value is misspelt.",
            "A variable such as `EPROSPERA_ISSUER` is set to something that is not valid.",
            "No client ID is set for the profile.",
        ],
        actions: &[
            "Run the command with `--help` to see what it takes.",
            "Run `eprospera status` to see each setting and where it comes from.",
            "Run `eprospera help environment` for the list of variables.",
        ],
    },
    Explanation {
        code: "login_required",
        title: "You are not signed in, or your session has ended",
        meaning: "There is no session for this profile, issuer and client ID, or the portal no \
                  longer accepts it (HTTP 401). Only a person can fix this, by signing in.",
        causes: &[
            "You have not signed in yet, or you signed in with another profile, issuer or client ID.",
            "The session was not used for so long that its refresh token expired.",
            "The session was revoked, or an old copy of it was used on another machine.",
            "`EPROSPERA_TOKEN` holds a token that has expired.",
        ],
        actions: &[
            "Run `eprospera login`.",
            "If you expected to be signed in, run `eprospera status` to see which profile, issuer and \
             client are in use.",
            "If `EPROSPERA_TOKEN` or `EPROSPERA_TOKEN_FILE` is set, renew that token, or unset the variable.",
        ],
    },
    Explanation {
        code: "forbidden",
        title: "You are signed in, but this is not allowed",
        meaning: "Your session lacks a scope, you declined the consent page, or the portal refused \
                  access (HTTP 403).",
        causes: &[
            "The session was granted without the scope that the command needs.",
            "Access was denied on the consent page.",
            "You no longer represent the legal entity, or did not share it at sign-in.",
        ],
        actions: &[
            "The hint names the missing scope, and the `login` command that asks for it.",
            "Run `eprospera help scopes` to see what each scope opens.",
            "To share another legal entity, run `eprospera login` and select it on the consent page.",
        ],
    },
    Explanation {
        code: "not_found",
        title: "The portal does not have what you asked for",
        meaning: "The portal answered with HTTP 404: the route, the ID or the document does not exist, \
                  or is not yours to see.",
        causes: &[
            "The ID is misspelt, or belongs to someone else.",
            "You did not share the legal entity at sign-in.",
            "The portal has no record for you, for example no residency.",
            "With `eprospera api`: the path is misspelt.",
        ],
        actions: &[
            "List what there is, for example with `eprospera me legal-entities` or `eprospera me tax filings`.",
            "Run `eprospera status` to check that you are using the right portal.",
        ],
    },
    Explanation {
        code: "conflict",
        title: "Something that is already there is in the way",
        meaning: "The command would replace something, such as a downloaded file or the session of another \
                  account, or the portal reported a conflict (HTTP 409). Nothing was changed.",
        causes: &[
            "A file with the same name exists already.",
            "You are signed in with another account in this profile.",
            "The portal's data changed in the meantime.",
        ],
        actions: &[
            "To replace files, add `--force`, or download to another folder.",
            "To replace a session, add `--replace`, or use another profile: `eprospera --profile NAME login`.",
        ],
    },
    Explanation {
        code: "rate_limited",
        title: "The portal asked you to slow down",
        meaning: "The portal answered with HTTP 429. Reads were already sent again a few times, with a \
                  pause in between.",
        causes: &[
            "Many commands ran in a short time, perhaps in a loop or on several machines.",
            "Another program uses the same account or client.",
        ],
        actions: &[
            "Wait as long as the message says, then run the command again.",
            "In scripts, ask for more per request: `--limit 100 --paginate` instead of a loop.",
            "Allow more attempts with `--retries N`.",
        ],
    },
    Explanation {
        code: "invalid_request",
        title: "The portal does not accept the request",
        meaning: "The portal answered with HTTP 400 or 422: a value in the request is not valid. The \
                  details name the fields, where the portal says so.",
        causes: &[
            "A filter or a field has a value that the portal does not accept.",
            "A cursor is from another list, or has expired.",
            "The client registration at the provider does not allow the request.",
        ],
        actions: &[
            "Read the details in the error; `--json` shows all of them.",
            "With `eprospera api`, add `--dry-run` to see exactly what is sent.",
        ],
    },
    Explanation {
        code: "timeout",
        title: "It took too long",
        meaning: "The sign-in was not finished in time, or a request got no answer in time.",
        causes: &[
            "The sign-in in the browser was not finished, or the browser showed an error page.",
            "The redirect URI is not registered exactly as this program sends it.",
            "The network or the portal is slow.",
        ],
        actions: &[
            "For a sign-in, look at the page in the browser, then run `eprospera login --timeout 10m`.",
            "For a request, allow more time: `--request-timeout 2m`.",
        ],
    },
    Explanation {
        code: "network",
        title: "The server cannot be reached",
        meaning: "There was no connection, or it broke. This says nothing about your session: you are \
                  not signed out, and no token is lost.",
        causes: &[
            "The machine is offline, or DNS does not know the host.",
            "A proxy is needed, or the one in `HTTPS_PROXY` does not work.",
            "A company proxy or a virus scanner signs the connection with a certificate that this machine \
             does not trust.",
            "The sandbox is not running.",
        ],
        actions: &[
            "Check the connection, then run the command again.",
            "If your network inspects TLS, name its certificate: `--ca-file FILE`.",
            "For the profile `sandbox`, start it in another terminal: `eprospera sandbox`.",
            "Run the command with `-v` to see which proxy and which address are used.",
        ],
    },
    Explanation {
        code: "busy",
        title: "Another process is using the session",
        meaning: "Only one process at a time may refresh a session. Another one held the lock for \
                  longer than this command waits. The same code is used for a socket or a file that \
                  only one process at a time can have.",
        causes: &[
            "Another command is refreshing the session, and the portal is slow.",
            "A stopped process (Ctrl-Z) still holds the lock.",
            "Another `eprospera serve` has the socket, or another sandbox the `--ready-file`.",
        ],
        actions: &[
            "Run the command again; a lock ends with its process.",
            "Look for other runs of this program, for example with `ps -ef | grep eprospera`.",
        ],
    },
    Explanation {
        code: "store",
        title: "The credential store cannot be used",
        meaning: "The place where the session is kept is missing, locked, full, denied or damaged. The \
                  session was not deleted.",
        causes: &[
            "The keyring is locked, or this machine has none, as is usual on servers and in containers.",
            "The key of the encrypted store is missing or wrong.",
            "A folder or a file has the wrong owner or mode, or the disk is full.",
            "The helper program of `command:PROGRAM` failed.",
        ],
        actions: &[
            "Unlock the keyring, or answer its prompt, then run the command again.",
            "Without a keyring, use an encrypted file: `eprospera profile set store encrypted-file`.",
            "Check the key in `EPROSPERA_STORE_KEY` or `EPROSPERA_STORE_KEY_FILE`.",
            "Run `eprospera help stores` to compare the stores.",
        ],
    },
    Explanation {
        code: "untrusted",
        title: "A security check failed",
        meaning: "Something did not come from where it should: an ID token, the issuer, a redirect, or a \
                  file that other users could have changed. The command stopped to protect your account.",
        causes: &[
            "The issuer URL is wrong, or leads to another server.",
            "The clock of this machine is wrong, so that tokens look expired or not yet valid.",
            "The provider is misconfigured.",
            "Somebody is interfering with the connection or the sign-in.",
        ],
        actions: &[
            "Check the issuer with `eprospera status`.",
            "Check the date and time of this machine.",
            "Sign in again: `eprospera login`. If the check keeps failing, report it to the provider.",
        ],
    },
    Explanation {
        code: "interrupted",
        title: "You stopped the command with Ctrl-C",
        meaning: "The command ended early. Nothing is half stored: a refresh that was under way was \
                  finished first.",
        causes: &["Ctrl-C was pressed, or the process received SIGINT."],
        actions: &["Run the command again when you are ready."],
    },
    Explanation {
        code: "terminated",
        title: "The command was stopped from outside",
        meaning: "The process received SIGTERM or SIGHUP. Nothing is half stored: a refresh that was under \
                  way was finished first.",
        causes: &[
            "A service manager, a container or a CI job ended.",
            "The terminal was closed.",
        ],
        actions: &["Run the command again."],
    },
];
