//! Credential stores, from the kinds that there are.

use super::topic::{Machine, Topic};
use crate::output::Page;
use crate::store::StoreKind;

pub(super) const TOPIC: Topic = Topic {
    name: "stores",
    about: "Where your session is kept, and how to choose a store",
    describe,
};

fn describe(page: &mut Page, _: &Machine<'_>) {
    page.paragraph(
        "A store keeps your session: the tokens and, if you have one, the client secret. The default is `keyring`. The \
         program never switches to another store by itself.",
    );
    for kind in StoreKind::ALL
        .into_iter()
        .chain([StoreKind::Command("PROGRAM".to_owned())])
    {
        page.gap();
        page.heading(kind.to_string());
        for sentence in about(&kind) {
            page.indented(sentence);
        }
    }
    page.gap();
    page.paragraph(
        "To choose one, use `--store KIND`, set EPROSPERA_STORE, or save it in a profile with \
         `eprospera profile set store KIND`. Sign in again after changing the store: existing sessions are not moved.",
    );
}

fn about(kind: &StoreKind) -> &'static [&'static str] {
    match kind {
        StoreKind::Keyring => &[
            "The keyring of your desktop: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.",
            "Best for: your own computer. Servers and containers usually have none.",
        ],
        StoreKind::EncryptedFile => &[
            "A file in the state folder, encrypted with the key in EPROSPERA_STORE_KEY or EPROSPERA_STORE_KEY_FILE. 64 hex \
             digits or the base64 of 32 bytes are a key; anything else is a passphrase. Without either, you are asked for a \
             passphrase.",
            "Best for: servers, containers and CI, where the key comes from a secret manager.",
        ],
        StoreKind::PlainFile => &[
            "A file in the state folder, protected only by its file mode. Anyone who can read the file can use your session.",
            "Best for: disks that are encrypted anyway, and tests.",
        ],
        StoreKind::Command(_) => &[
            "A program of yours that reads and writes the session, for example in a database or a secret manager. PROGRAM is \
             an absolute path, or a name on PATH. docs/helper-protocol.md describes what it has to do.",
            "Best for: several machines that share one session.",
        ],
    }
}
