//! The codes of `doctor` about the session store.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "store_absent",
        title: "There is no OS keyring",
        meaning: "The session store is the keyring, but this machine has none for this user.",
        causes: &[
            "No Secret Service is running, as is usual on servers and in containers.",
            "After `su` or `sudo`, DBUS_SESSION_BUS_ADDRESS points to another user's bus.",
        ],
        actions: &[
            "Start a Secret Service such as gnome-keyring.",
            "Or use an encrypted file: the command that doctor prints creates a key and selects \
             that store for this shell.",
            "Run `eprospera help stores` to compare the stores.",
        ],
    },
    Explanation {
        code: "store_locked",
        title: "The OS keyring is locked",
        meaning: "The keyring exists, but its owner has not unlocked it.",
        causes: &[
            "You signed in to the machine without a password, such as over SSH or \
             automatically.",
            "The keyring still has an older password than your account.",
        ],
        actions: &[
            "Unlock the keyring, from the desktop or with the command that doctor prints.",
            "Run a command such as `eprospera status` in a terminal on the desktop, where the \
             keyring can ask for the password.",
        ],
    },
    Explanation {
        code: "store_denied",
        title: "The system denies access to the store",
        meaning: "The store exists, but this user or this program is not allowed to use it.",
        causes: &[
            "A file or a folder belongs to another user or has the wrong mode.",
            "You denied access when the system asked.",
        ],
        actions: &[
            "Correct the owner and the mode with the command that doctor prints.",
            "Allow this program to use the keyring.",
        ],
    },
    Explanation {
        code: "store_timeout",
        title: "The OS keyring does not respond",
        meaning: "The keyring did not respond in time. It may be waiting for a password in a \
                  window that you do not see.",
        causes: &[
            "An unlock dialog is open on the desktop.",
            "The keyring daemon has hung.",
        ],
        actions: &[
            "Look for an unlock dialog.",
            "Restart the daemon with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "store_failed",
        title: "The store failed",
        meaning: "The store failed in a way that has no code of its own. The message says how.",
        causes: &["The disk, the keyring or the system's source of random numbers failed."],
        actions: &[
            "Read the message.",
            "Choose another store with `eprospera login --store`.",
        ],
    },
    Explanation {
        code: "store_too_small",
        title: "The store cannot hold a session",
        meaning: "This store's entries are too small for the tokens.",
        causes: &["The keyring limits the size of an entry."],
        actions: &[
            "Request fewer scopes.",
            "Or use an encrypted file, with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "store_duplicates",
        title: "The keyring holds the session twice",
        meaning: "Several entries match one account, and it is not clear which one is the newest.",
        causes: &["Entries were imported, copied or synchronised."],
        actions: &["Run `eprospera logout`, which removes all of them, then `eprospera login`."],
    },
    Explanation {
        code: "store_elsewhere",
        title: "The session is locked from a different home folder",
        meaning: "This session's lock is in a different home folder. Refreshing the session from \
                  here could end it.",
        causes: &[
            "You signed in outside this container, Flatpak or snap.",
            "Your home folder has moved.",
        ],
        actions: &[
            "Run the command where you signed in.",
            "If this is your home folder now, run `eprospera login`.",
        ],
    },
    Explanation {
        code: "store_key_missing",
        title: "The encrypted store has no key",
        meaning: "The session store is an encrypted file, but no key is set.",
        causes: &[
            "EPROSPERA_STORE_KEY and EPROSPERA_STORE_KEY_FILE are not set, for example in a \
             new shell or in cron.",
        ],
        actions: &[
            "Set EPROSPERA_STORE_KEY_FILE to the file with the key.",
            "If nothing is stored yet, the command that doctor prints creates a key.",
        ],
    },
    Explanation {
        code: "store_key_wrong",
        title: "The key does not open the encrypted store",
        meaning: "The key is not the one that the session was stored with, or the file is damaged.",
        causes: &[
            "The key was changed, or belongs to a different machine.",
            "A passphrase was given where a raw key is needed, or the other way round.",
        ],
        actions: &[
            "Set the key that the session was stored with.",
            "If that key is lost, `eprospera logout --discard-unreadable` deletes the session; \
             then sign in again. Its tokens stay valid at the provider until they expire.",
        ],
    },
    Explanation {
        code: "store_key_unusable",
        title: "The encrypted store's key cannot be read",
        meaning: "EPROSPERA_STORE_KEY_FILE names a file that cannot be used.",
        causes: &[
            "The file does not exist or is empty.",
            "The file belongs to another user, or others can write to it.",
        ],
        actions: &["Correct the file's path, owner or mode."],
    },
    Explanation {
        code: "record_damaged",
        title: "The stored session is damaged",
        meaning: "The content of the store is not what was stored.",
        causes: &[
            "The file was edited or truncated.",
            "A synchronisation tool mixed two versions.",
        ],
        actions: &["Run `eprospera logout`, which deletes it, then `eprospera login`."],
    },
    Explanation {
        code: "record_newer",
        title: "The session was stored by a newer version",
        meaning: "This version does not know the format, so it leaves the session alone.",
        causes: &["Two versions of this program are in use."],
        actions: &[
            "Use the newer version; `eprospera doctor --only program` shows which one your shell \
             starts.",
        ],
    },
    Explanation {
        code: "record_foreign",
        title: "The stored session belongs to a different account",
        meaning: "The record names a different account than the one it is stored under.",
        causes: &["A file was copied or renamed."],
        actions: &[
            "Put the file back where it belongs.",
            "Or delete it with the command that doctor prints, then sign in again.",
        ],
    },
    Explanation {
        code: "helper_missing",
        title: "The store helper does not exist",
        meaning: "The session store is a helper program, but that program does not exist.",
        causes: &[
            "The name is misspelt, or the program is not on PATH.",
            "The helper was removed or moved.",
        ],
        actions: &[
            "Install the helper, or correct its path in the setting `store`.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "helper_not_executable",
        title: "The store helper is not executable",
        meaning: "The helper exists, but the system does not run it.",
        causes: &[
            "The file does not have execute permission.",
            "The disk is mounted with `noexec`.",
        ],
        actions: &["Make it executable with the command that doctor prints."],
    },
    Explanation {
        code: "helper_crashed",
        title: "The store helper ended without a response",
        meaning: "The helper was started, but ended before it responded.",
        causes: &["The helper has a bug, or lacks something that it needs."],
        actions: &[
            "Run the command with `-v` to see what the helper says.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "helper_timeout",
        title: "The store helper does not respond",
        meaning: "The helper was started, but did not respond in time.",
        causes: &["The helper is waiting for a password or for another machine."],
        actions: &[
            "Run the command with `-v` to see what the helper says.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "helper_refused",
        title: "The store helper refused the request",
        meaning: "The helper responded that it would not or could not do what it was asked to do.",
        causes: &["The storage behind the helper is locked or full, or denies access."],
        actions: &["Read the message: it contains the helper's reason."],
    },
    Explanation {
        code: "helper_protocol",
        title: "The store helper gave an invalid response",
        meaning: "The helper sent something that its protocol does not allow, or uses a different \
                  version of it.",
        causes: &[
            "The helper was made for a different version of this program.",
            "The helper has a bug.",
        ],
        actions: &[
            "Update the helper; docs/helper-protocol.md says how it must respond.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "rescue_file_left",
        title: "New tokens are waiting in a rescue file",
        meaning: "The store failed after the provider had replaced the tokens, so they were kept \
                  in a file next to it. Nothing is lost.",
        causes: &["The disk was full, the keyring was locked, or the machine stopped."],
        actions: &[
            "Run any command that uses the session, such as `eprospera whoami`: it moves the \
             tokens into the store.",
        ],
    },
    Explanation {
        code: "rescue_file_unreadable",
        title: "The rescue file cannot be read",
        meaning: "A file that may hold the newest tokens cannot be read, so it is not known \
                  whether it is needed.",
        causes: &["The file was edited, or belongs to another user."],
        actions: &[
            "Restore the file if you can.",
            "Or move it away with the command that doctor prints; if the session then no \
             longer works, sign in again.",
        ],
    },
    Explanation {
        code: "outcome_unknown",
        title: "A refresh was interrupted",
        meaning: "A refresh was sent, but no response came back, so it is not known whether the \
                  provider replaced the tokens. The session is kept.",
        causes: &["The network connection failed, or the process was killed, during a refresh."],
        actions: &[
            "Just continue: the access token is used until it expires, and the next command after \
             that finds out what happened.",
            "Or sign in again now with `eprospera login`.",
        ],
    },
    Explanation {
        code: "login_unfinished",
        title: "A `login --with-token` was interrupted",
        meaning: "`login --with-token` was interrupted after the provider had replaced the token, \
                  and the new tokens are waiting next to the session.",
        causes: &["The process was killed, or a question was not answered."],
        actions: &[
            "Run `eprospera login --with-token` again with the same token.",
            "Or end the session with `eprospera logout`.",
        ],
    },
    Explanation {
        code: "leftovers",
        title: "Killed processes left temporary files behind",
        meaning: "Temporary files of killed processes are still in the state folder. They do no \
                  harm.",
        causes: &["The process was killed, or the machine stopped, while a file was written."],
        actions: &["Remove them with the command that doctor prints."],
    },
];
