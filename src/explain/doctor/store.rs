//! The codes of `doctor` about the session store.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "store_absent",
        title: "There is no OS keyring",
        meaning: "The session store is the keyring, and this machine offers none to this user.",
        causes: &[
            "No Secret Service runs, as on servers and in containers.",
            "After `su` or `sudo`, DBUS_SESSION_BUS_ADDRESS leads to the bus of another user.",
        ],
        actions: &[
            "Start a Secret Service such as gnome-keyring.",
            "Or use an encrypted file: the command that doctor prints makes a key and chooses \
             that store for this shell.",
            "Run `eprospera help stores` to compare the stores.",
        ],
    },
    Explanation {
        code: "store_locked",
        title: "The OS keyring is locked",
        meaning: "The keyring is there, and its owner has not unlocked it.",
        causes: &[
            "You signed in to the machine without a password, such as over SSH or \
             automatically.",
            "The password of the keyring is an older one than that of your account.",
        ],
        actions: &[
            "Unlock the keyring, from the desktop or with the command that doctor prints.",
            "Run a command such as `eprospera status` on a terminal of the desktop, where the \
             keyring can ask for the password.",
        ],
    },
    Explanation {
        code: "store_denied",
        title: "The system denies access to the store",
        meaning: "The store is there, and this user or this program may not use it.",
        causes: &[
            "A file or a folder belongs to another user or has a wrong mode.",
            "You denied access when the system asked.",
        ],
        actions: &[
            "Correct owner and mode with the command that doctor prints.",
            "Allow this program to use the keyring.",
        ],
    },
    Explanation {
        code: "store_timeout",
        title: "The OS keyring does not answer",
        meaning: "The keyring did not answer in time. It may wait for a password in a window \
                  that you do not see.",
        causes: &[
            "An unlock dialog is open on the desktop.",
            "The keyring daemon hangs.",
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
        causes: &["The disk, the keyring or the random source of the system failed."],
        actions: &[
            "Read the message.",
            "Choose another store with `eprospera login --store`.",
        ],
    },
    Explanation {
        code: "store_too_small",
        title: "The store cannot hold a session",
        meaning: "The entries of this store are too small for the tokens.",
        causes: &["The keyring limits the size of an entry."],
        actions: &[
            "Ask for fewer scopes.",
            "Or use an encrypted file, with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "store_duplicates",
        title: "The keyring holds the session twice",
        meaning: "Several entries answer to one account, and it is not clear which one is the \
                  newest.",
        causes: &["Entries were imported, copied or synchronised."],
        actions: &["Run `eprospera logout`, which removes all of them, then `eprospera login`."],
    },
    Explanation {
        code: "store_elsewhere",
        title: "The session is locked from another home folder",
        meaning: "The lock of this session is in another home folder. Refreshed from here, the \
                  session could end.",
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
        meaning: "The session store is an encrypted file, and no key was given.",
        causes: &[
            "EPROSPERA_STORE_KEY and EPROSPERA_STORE_KEY_FILE are not set, for example in a \
             new shell or in cron.",
        ],
        actions: &[
            "Set EPROSPERA_STORE_KEY_FILE to the file with the key.",
            "If nothing is stored yet, the command that doctor prints makes a key.",
        ],
    },
    Explanation {
        code: "store_key_wrong",
        title: "The key does not open the encrypted store",
        meaning: "The key is not the one that the session was stored with, or the file is damaged.",
        causes: &[
            "The key was changed, or is that of another machine.",
            "A passphrase was given where a raw key is needed, or the other way round.",
        ],
        actions: &[
            "Give the key with which the session was stored.",
            "If that key is lost, `eprospera logout --discard-unreadable` deletes the session; \
             then sign in again. Its tokens stay valid at the provider until they expire.",
        ],
    },
    Explanation {
        code: "store_key_unusable",
        title: "The key of the encrypted store cannot be read",
        meaning: "EPROSPERA_STORE_KEY_FILE names a file that cannot be used.",
        causes: &[
            "The file does not exist or is empty.",
            "The file belongs to another user, or others can write to it.",
        ],
        actions: &["Correct the path, the owner or the mode of the file."],
    },
    Explanation {
        code: "record_damaged",
        title: "The stored session is damaged",
        meaning: "What is in the store is not what was stored.",
        causes: &[
            "The file was edited or cut off.",
            "A synchronisation tool mixed two versions.",
        ],
        actions: &["Run `eprospera logout`, which deletes it, then `eprospera login`."],
    },
    Explanation {
        code: "record_newer",
        title: "The session was stored by a newer version",
        meaning: "This version does not know the format, and leaves it alone.",
        causes: &["Two versions of this program are in use."],
        actions: &[
            "Use the newer version; `eprospera doctor --only program` shows which one a shell \
             starts.",
        ],
    },
    Explanation {
        code: "record_foreign",
        title: "The stored session belongs to another account",
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
        meaning: "The session store is a helper program, and there is no such program.",
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
        meaning: "The helper is there, and the system does not run it.",
        causes: &[
            "The file does not have execute permission.",
            "The disk is mounted with `noexec`.",
        ],
        actions: &["Make it executable with the command that doctor prints."],
    },
    Explanation {
        code: "helper_crashed",
        title: "The store helper ended without an answer",
        meaning: "The helper was started and ended before it answered.",
        causes: &["The helper has an error, or lacks something that it needs."],
        actions: &[
            "Run the command with `-v` to see what the helper says.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "helper_timeout",
        title: "The store helper does not answer",
        meaning: "The helper was started and did not answer in time.",
        causes: &["The helper waits for a password or for another machine."],
        actions: &[
            "Run the command with `-v` to see what the helper says.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "helper_refused",
        title: "The store helper refuses",
        meaning: "The helper answered that it would not or could not do what it was asked.",
        causes: &["The storage behind the helper is locked or full, or denies access."],
        actions: &["Read the message; it holds the reason of the helper."],
    },
    Explanation {
        code: "helper_protocol",
        title: "The store helper gave an invalid answer",
        meaning: "The helper said something that its protocol does not allow, or speaks \
                  another version of it.",
        causes: &[
            "The helper is made for another version of this program.",
            "The helper has an error.",
        ],
        actions: &[
            "Update the helper; docs/helper-protocol.md says what it must answer.",
            "Or choose another store with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "rescue_file_left",
        title: "New tokens wait in a rescue file",
        meaning: "The store failed after the provider had replaced the tokens, so they were \
                  kept in a file beside it. Nothing is lost.",
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
        title: "A refresh was cut off",
        meaning: "A refresh was sent and no answer came back, so it is not known whether the \
                  provider replaced the tokens. The session is kept.",
        causes: &["The network broke, or the process was killed, during a refresh."],
        actions: &[
            "Just continue: the access token is used until it expires, and the next command after that finds out.",
            "Or sign in again now with `eprospera login`.",
        ],
    },
    Explanation {
        code: "login_unfinished",
        title: "A `login --with-token` was interrupted",
        meaning: "`login --with-token` was cut off after the provider had replaced the token, \
                  and the new tokens wait beside the session.",
        causes: &["The process was killed, or a question was not answered."],
        actions: &[
            "Give the same token again to `eprospera login --with-token`.",
            "Or end the session with `eprospera logout`.",
        ],
    },
    Explanation {
        code: "leftovers",
        title: "Killed processes left temporary files behind",
        meaning: "Temporary files of runs that were killed are still in the state folder. They \
                  do no harm.",
        causes: &["The process was killed, or the machine stopped, while a file was written."],
        actions: &["Remove them with the command that doctor prints."],
    },
];
