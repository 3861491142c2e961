//! The codes of `doctor` about this machine: program, settings, folders, opener and terminal.

use crate::explain::explanation::Explanation;

pub(super) const PAGES: &[Explanation] = &[
    Explanation {
        code: "ok",
        title: "The check found nothing wrong",
        meaning: "The check ran and everything it looked at is as it should be.",
        causes: &["Everything is as it should be."],
        actions: &["No action is needed."],
    },
    Explanation {
        code: "offline",
        title: "The check was skipped because of `--offline`",
        meaning: "The check needs the network, and you asked to check this machine only.",
        causes: &["The option `--offline` was used."],
        actions: &["Run `eprospera doctor` without `--offline`."],
    },
    Explanation {
        code: "not_applicable",
        title: "The check was skipped because it does not apply here",
        meaning: "There is nothing to check: the provider does not publish what the check needs, \
                  or what it checks is not in use.",
        causes: &["The provider, the store or the output does not have what this check looks at."],
        actions: &["No action is needed."],
    },
    Explanation {
        code: "blocked",
        title: "The check was skipped because something else failed first",
        meaning: "The check needs something that another check found broken.",
        causes: &["An earlier check failed; the message names its group."],
        actions: &["Fix what failed first, then run `eprospera doctor` again."],
    },
    Explanation {
        code: "program_shadowed",
        title: "Another program named `eprospera` comes first on PATH",
        meaning: "When you type `eprospera`, your shell starts a different program. The official \
                  Node tool has the same name, but its own sessions and options.",
        causes: &[
            "The official Node tool is installed, for example with npm.",
            "Two versions of this program are installed.",
        ],
        actions: &[
            "Put this program's folder first on PATH with the command that doctor prints.",
            "Remove the program that you do not want, for example with `npm uninstall -g`.",
            "Run `eprospera --version` to see which one your shell starts.",
        ],
    },
    Explanation {
        code: "config_syntax",
        title: "config.toml is not valid",
        meaning: "The configuration file is not valid TOML, or a key holds something other than a \
                  string or a list of strings. No command uses it until that is fixed.",
        causes: &[
            "A quotation mark or a bracket is missing.",
            "A value such as a number is written without quotation marks.",
        ],
        actions: &[
            "Correct the line that the message names.",
            "Or move the file away with the command that doctor prints, and set the values \
             again with `eprospera profile set`.",
        ],
    },
    Explanation {
        code: "config_key",
        title: "config.toml has an unknown key",
        meaning: "The configuration file has a key that this program does not know. It is ignored, \
                  so a setting that you rely on has no effect.",
        causes: &[
            "The key is misspelt, such as `client-id` instead of `client_id`.",
            "The key belongs in a profile, but is written above the first one.",
        ],
        actions: &[
            "Correct the key that the message names; `eprospera profile set --help` lists all \
             keys.",
            "Or delete its line with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "config_unreadable",
        title: "config.toml cannot be read",
        meaning: "The configuration file exists, but this user cannot read it, or it is not a \
                  file.",
        causes: &[
            "The file belongs to another user, or its mode denies you access.",
            "A folder has the same name as the file.",
        ],
        actions: &[
            "Make the file readable with `chmod u+r`.",
            "Or move it away with the command that doctor prints.",
        ],
    },
    Explanation {
        code: "profile_missing",
        title: "The profile is unknown",
        meaning: "The profile in use is not in config.toml, and you have never signed in with it. \
                  Commands continue with the built-in values, which is rarely what you want.",
        causes: &[
            "The name is misspelt.",
            "The profile was removed, but is still the default.",
        ],
        actions: &[
            "Run `eprospera profile list` to see all profiles.",
            "Run `eprospera profile use NAME` to choose the default.",
        ],
    },
    Explanation {
        code: "setting_invalid",
        title: "A setting cannot be used",
        meaning: "A flag, a variable or a key in the profile has an invalid value.",
        causes: &[
            "The value is misspelt.",
            "A variable from another shell or project is still set.",
        ],
        actions: &[
            "Correct the value; the message says what is wrong with it.",
            "Or unset it with the command that doctor prints.",
            "Run `eprospera help environment` for the list of variables.",
        ],
    },
    Explanation {
        code: "variable_unknown",
        title: "An EPROSPERA_ variable is unknown",
        meaning: "A variable whose name begins with EPROSPERA_ is set, but this program does not \
                  read it.",
        causes: &[
            "The name is misspelt.",
            "The variable belongs to another version or another tool.",
        ],
        actions: &[
            "Correct the name, or unset the variable.",
            "Run `eprospera help environment` for the list of variables.",
        ],
    },
    Explanation {
        code: "logins_damaged",
        title: "The saved settings of your last login are damaged",
        meaning: "The file with the settings of your last login cannot be read. Your session \
                  is not in it.",
        causes: &[
            "The disk was full or the machine stopped while the file was written.",
            "The file was edited.",
        ],
        actions: &[
            "Delete the file with the command that doctor prints, then run `eprospera login`.",
        ],
    },
    Explanation {
        code: "no_home",
        title: "This program does not know where to keep its files",
        meaning: "There is no home folder, or a variable points to a path that is not absolute.",
        causes: &[
            "HOME is set to a relative path.",
            "`~` is in quotes, so the shell does not expand it.",
            "A service runs without a home folder.",
        ],
        actions: &[
            "Set HOME, or EPROSPERA_CONFIG_DIR, EPROSPERA_STATE_DIR and EPROSPERA_CACHE_DIR, \
             to absolute paths.",
        ],
    },
    Explanation {
        code: "config_owner",
        title: "The configuration belongs to another user",
        meaning: "The configuration can name a program to start, so this program only reads \
                  one that belongs to you or to root.",
        causes: &[
            "A command that was run with `sudo` created the folder.",
            "HOME points to another user's home folder.",
        ],
        actions: &[
            "Take ownership of it with the command that doctor prints.",
            "If you use sudo, run `sudo -H`.",
        ],
    },
    Explanation {
        code: "config_mode",
        title: "Other users can change the configuration",
        meaning: "The configuration can name a program to start, so this program does not use \
                  one that others can write to.",
        causes: &["The folder was created with a permissive umask, or was shared on purpose."],
        actions: &["Remove write permission with the command that doctor prints."],
    },
    Explanation {
        code: "config_not_a_folder",
        title: "The configuration folder is not a folder",
        meaning: "There is a file where the folder for config.toml should be.",
        causes: &["A file was put there by mistake."],
        actions: &["Move it away with the command that doctor prints."],
    },
    Explanation {
        code: "config_unwritable",
        title: "The configuration folder cannot be written to",
        meaning: "`eprospera profile set` cannot store anything.",
        causes: &[
            "The disk is mounted read-only.",
            "The parent folder belongs to another user.",
        ],
        actions: &["Make the folder writable, or set EPROSPERA_CONFIG_DIR to a different one."],
    },
    Explanation {
        code: "state_owner",
        title: "The state folder belongs to another user",
        meaning: "Sessions, locks and notes about refreshes are kept there, so this program only \
                  uses a folder that belongs to you.",
        causes: &[
            "A command that was run with `sudo` created the folder.",
            "HOME or EPROSPERA_STATE_DIR points to another user's folder.",
        ],
        actions: &[
            "Take ownership of it with the command that doctor prints.",
            "If you use sudo, run `sudo -H`.",
        ],
    },
    Explanation {
        code: "state_mode",
        title: "Other users can look into the state folder",
        meaning: "Sessions and locks are kept there. If others can write to it, no command \
                  uses it.",
        causes: &["The folder was created with a permissive umask, or was shared on purpose."],
        actions: &["Make it private with the command that doctor prints."],
    },
    Explanation {
        code: "state_not_a_folder",
        title: "The state folder is not a folder",
        meaning: "There is a file or a link where the folder for sessions and locks should be. A \
                  link is refused because someone could change where it points.",
        causes: &["A file or a link was put there by mistake."],
        actions: &[
            "Move it away with the command that doctor prints.",
            "Set EPROSPERA_STATE_DIR to the folder that the link points to.",
        ],
    },
    Explanation {
        code: "state_unwritable",
        title: "The state folder cannot be written to",
        meaning: "No session can be stored and none can be refreshed safely.",
        causes: &[
            "The disk is mounted read-only.",
            "The parent folder belongs to another user.",
        ],
        actions: &["Make the folder writable, or set EPROSPERA_STATE_DIR to a different one."],
    },
    Explanation {
        code: "cache_owner",
        title: "The cache belongs to another user",
        meaning: "Files that another user may have written are not used, so each command asks the \
                  provider again. Nothing else is affected.",
        causes: &["A command that was run with `sudo` created the folder."],
        actions: &["Take ownership of it with the command that doctor prints."],
    },
    Explanation {
        code: "cache_mode",
        title: "Other users can change the cache",
        meaning: "Files that others may have written are not used, so each command asks the \
                  provider again. Nothing else is affected.",
        causes: &["The folder was created with a permissive umask."],
        actions: &["Make it private with the command that doctor prints."],
    },
    Explanation {
        code: "cache_not_a_folder",
        title: "The cache folder is not a folder",
        meaning: "There is a file or a link where the cache folder should be, so each command asks \
                  the provider again.",
        causes: &["A file or a link was put there by mistake."],
        actions: &["Move it away with the command that doctor prints."],
    },
    Explanation {
        code: "cache_unwritable",
        title: "The cache cannot be written to",
        meaning: "Each command asks the provider again. Nothing else is affected.",
        causes: &["The disk is mounted read-only, or the parent folder belongs to another user."],
        actions: &["Make the folder writable, or set EPROSPERA_CACHE_DIR to a different one."],
    },
    Explanation {
        code: "lock_unavailable",
        title: "The file system does not support file locks",
        meaning: "Without locks, two commands could refresh the session at the same time, which \
                  would end it. Therefore, nothing is refreshed there.",
        causes: &["The folder is on a network or FUSE file system that does not support locks."],
        actions: &["Set EPROSPERA_STATE_DIR to a folder on a local disk."],
    },
    Explanation {
        code: "disk_full",
        title: "The disk is full",
        meaning: "No tokens can be stored. Commands refuse to refresh until there is room, so that \
                  nothing is lost.",
        causes: &["The disk is full, or your quota is used up."],
        actions: &[
            "Free some space.",
            "Or set EPROSPERA_STATE_DIR to a folder on another disk.",
        ],
    },
    Explanation {
        code: "opener_missing",
        title: "The browser cannot be opened",
        meaning: "`login` prints the address, and you have to open it yourself.",
        causes: &[
            "BROWSER names a program that does not exist.",
            "No program that opens a browser, such as xdg-open, is installed.",
        ],
        actions: &[
            "Correct or unset BROWSER.",
            "Install xdg-utils.",
            "Or sign in with `eprospera login --device`.",
        ],
    },
    Explanation {
        code: "opener_text_browser",
        title: "BROWSER names a text browser",
        meaning: "A text browser needs the terminal that `login` uses, so `login` only prints the \
                  address.",
        causes: &["BROWSER or the system's default is a browser such as w3m or lynx."],
        actions: &["Unset BROWSER, or open the address in another terminal."],
    },
    Explanation {
        code: "no_input",
        title: "No browser is opened because this run is not interactive",
        meaning: "`--no-input`, EPROSPERA_NO_INPUT or CI is set: `login` prints the address \
                  and opens nothing.",
        causes: &["A CI system sets CI.", "A script sets EPROSPERA_NO_INPUT."],
        actions: &[
            "Unset the variable if you want `login` to open your browser.",
            "In CI, see `eprospera login --help` for ways to sign in without a browser.",
        ],
    },
    Explanation {
        code: "over_ssh",
        title: "No browser is opened from a remote shell",
        meaning: "A browser would open on the remote machine, if at all. `login` prints the \
                  address.",
        causes: &["You are connected over SSH."],
        actions: &[
            "Sign in on your own device with `eprospera login --device`.",
            "Or forward the port as `eprospera login` explains.",
        ],
    },
    Explanation {
        code: "in_container",
        title: "No browser is opened from a container",
        meaning: "There is no display here. `login` prints the address.",
        causes: &["The program runs in a container."],
        actions: &[
            "Sign in on your own device with `eprospera login --device`.",
            "Or paste the browser's final address with `eprospera login --paste`.",
        ],
    },
    Explanation {
        code: "no_display",
        title: "No browser is opened without a display",
        meaning: "Neither DISPLAY nor WAYLAND_DISPLAY is set. `login` prints the address.",
        causes: &["The machine has no desktop, or the shell was not started from it."],
        actions: &["Sign in on your own device with `eprospera login --device`."],
    },
    Explanation {
        code: "terminal_dumb",
        title: "The terminal only shows plain text",
        meaning: "TERM is `dumb`, so there are no colours and no progress bars.",
        causes: &["An editor or a CI system sets TERM to `dumb`."],
        actions: &["Set TERM to match your terminal, for example to `xterm-256color`."],
    },
    Explanation {
        code: "terminal_narrow",
        title: "The terminal is narrow",
        meaning: "Tables do not fit and are shown as cards.",
        causes: &["The window has too few columns."],
        actions: &["Make the window wider, or use `--json` or `--fields`."],
    },
    Explanation {
        code: "terminal_not_utf8",
        title: "The terminal may not show all characters",
        meaning: "The locale is not UTF-8, so characters outside ASCII, for example in names, may \
                  look wrong.",
        causes: &["LC_ALL, LC_CTYPE or LANG is `C`, `POSIX` or another character set."],
        actions: &["Set a UTF-8 locale, for example with `export LC_ALL=C.UTF-8`."],
    },
];
