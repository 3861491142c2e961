//! Examples of every command, as the help, the manual pages and the tests take them.

/// The path of a command without the program, and its examples. The first line of each begins with `eprospera`
/// or another program; further lines go on where a `\` ends the one before.
const EXAMPLES: &[(&str, &[&str])] = &[
    (
        "",
        &[
            #[cfg(feature = "sandbox")]
            "eprospera demo",
            "eprospera login --client-id YOUR-ID",
            "eprospera me natural-person",
        ],
    ),
    (
        "login",
        &[
            "eprospera login --client-id YOUR-ID",
            "eprospera login --device --qr",
            "eprospera login --add-scope person.tax.read",
            "eprospera login --begin --device",
        ],
    ),
    ("logout", &["eprospera logout", "eprospera logout --all"]),
    ("status", &["eprospera status", "eprospera status --check"]),
    (
        "whoami",
        &["eprospera whoami", "eprospera whoami --jq .email"],
    ),
    (
        "token",
        &[
            "eprospera token --min-ttl 5m",
            "eprospera token --format header | \\\n  curl -H @- https://portal.eprospera.com/api/oauth/userinfo",
        ],
    ),
    (
        "refresh",
        &[
            "eprospera refresh",
            "eprospera refresh --scope \"openid offline_access\"",
        ],
    ),
    (
        "decode-id-token",
        &[
            "eprospera decode-id-token",
            "eprospera token --type id | eprospera decode-id-token -",
        ],
    ),
    (
        "scopes",
        &[
            "eprospera scopes",
            "eprospera scopes --jq '.[] | select(.granted) | .scope'",
        ],
    ),
    (
        "me",
        &[
            "eprospera me natural-person",
            "eprospera me documents --download papers",
        ],
    ),
    (
        "me natural-person",
        &[
            "eprospera me natural-person",
            "eprospera me natural-person --jq .name",
        ],
    ),
    ("me residency", &["eprospera me residency"]),
    (
        "me id-verification",
        &[
            "eprospera me id-verification",
            "eprospera me id-verification --download images",
        ],
    ),
    (
        "me documents",
        &[
            "eprospera me documents",
            "eprospera me documents --download papers",
        ],
    ),
    (
        "me legal-entities",
        &[
            "eprospera me legal-entities",
            "eprospera me legal-entities 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44",
            "eprospera me legal-entities 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44 documents",
        ],
    ),
    (
        "me tax",
        &[
            "eprospera me tax summary",
            "eprospera me tax filings --year 2025",
        ],
    ),
    (
        "me tax summary",
        &[
            "eprospera me tax summary",
            "eprospera me tax summary --subject personal",
        ],
    ),
    (
        "me tax filings",
        &[
            "eprospera me tax filings --year 2025",
            "eprospera me tax filings --subject personal --type income --paginate",
        ],
    ),
    (
        "me tax filing",
        &["eprospera me tax filing 7e6d5c4b-3a29-4817-9065-f4e3d2c1b0a9"],
    ),
    (
        "me tax download",
        &[
            "eprospera me tax download 7e6d5c4b-3a29-4817-9065-f4e3d2c1b0a9 \\\n  --document assessment --history-years 3",
        ],
    ),
    (
        "api",
        &[
            "eprospera api /api/v1/me/natural-person --jq .name",
            "eprospera api /api/v1/me/tax/filings -f limit=50 --paginate",
            "eprospera api POST /api/v1/things -f name=Ines -F 'sizes[]=3' --dry-run",
        ],
    ),
    (
        "introspect",
        &[
            "eprospera introspect --jq .active",
            "eprospera token | eprospera introspect -",
        ],
    ),
    (
        "exec",
        &[
            "eprospera exec -- ./report.sh --month 2026-10",
            "eprospera exec --min-ttl 30m -- make sync",
            "eprospera exec --proxy -- ./report.sh",
        ],
    ),
    (
        "serve",
        &[
            "eprospera serve",
            "eprospera serve --listen 127.0.0.1:8790 --allow 'GET /api/v1/me/**'",
        ],
    ),
    (
        "session",
        &[
            "eprospera session export session.sealed",
            "eprospera session import session.sealed",
        ],
    ),
    (
        "session export",
        &[
            "eprospera session export session.sealed",
            "eprospera session export - | ssh server eprospera session import -",
        ],
    ),
    (
        "session import",
        &["eprospera session import session.sealed"],
    ),
    ("session restore", &["eprospera session restore"]),
    (
        "session rekey",
        &["eprospera session rekey --generate new.key"],
    ),
    (
        "profile",
        &[
            "eprospera profile list",
            "eprospera --profile work profile set client_id YOUR-ID",
        ],
    ),
    ("profile list", &["eprospera profile list"]),
    (
        "profile show",
        &["eprospera profile show", "eprospera profile show work"],
    ),
    (
        "profile set",
        &[
            "eprospera profile set client_id YOUR-ID",
            "eprospera profile set client-secret < secret.txt",
            "eprospera profile set redirect_uris \\\n  http://127.0.0.1:9000/cb http://127.0.0.1:9001/cb",
        ],
    ),
    ("profile unset", &["eprospera profile unset store"]),
    ("profile use", &["eprospera profile use work"]),
    ("profile remove", &["eprospera profile remove work"]),
    (
        "doctor",
        &[
            "eprospera doctor",
            "eprospera doctor --offline",
            "eprospera doctor --only network,provider -v",
            #[cfg(feature = "sandbox")]
            "eprospera doctor --sandbox",
            "eprospera doctor --report > report.md",
        ],
    ),
    (
        "explain",
        &["eprospera explain", "eprospera explain login_required"],
    ),
    (
        "help",
        &["eprospera help me tax", "eprospera help environment"],
    ),
    (
        "schema",
        &[
            "eprospera schema --jq '.commands[].name'",
            "eprospera schema me tax filings",
            "eprospera schema token --jq '.commands[0].output'",
        ],
    ),
    ("man", &["eprospera man | man -l -", "eprospera man pages"]),
    (
        "completions",
        &[
            "eprospera completions zsh > ~/.zfunc/_eprospera",
            "eprospera completions fish > ~/.config/fish/completions/eprospera.fish",
        ],
    ),
    (
        "sandbox",
        &[
            "eprospera sandbox",
            "eprospera sandbox --auto-approve --access-ttl 30s --fault token:503*2",
            "eprospera sandbox exec -- npm test",
        ],
    ),
    (
        "sandbox exec",
        &[
            "eprospera sandbox exec -- npm test",
            "eprospera sandbox exec --auto-approve -- pytest",
            "eprospera sandbox exec --tls -- npm test",
        ],
    ),
    (
        "sandbox torture",
        &[
            "eprospera sandbox torture --setup 'eprospera login' -- eprospera token",
            "eprospera sandbox torture --only answer-cut --setup ./sign-in -- ./client",
            "eprospera sandbox torture --list",
        ],
    ),
    (
        "sandbox follow",
        &["eprospera sandbox follow http://127.0.0.1:8787/"],
    ),
    ("demo", &["eprospera demo"]),
    ("auth", &["eprospera auth login", "eprospera auth status"]),
    ("auth login", &["eprospera auth login --client-id YOUR-ID"]),
    ("auth logout", &["eprospera auth logout"]),
    ("auth status", &["eprospera auth status"]),
    ("auth token", &["eprospera auth token --format header"]),
    ("auth refresh", &["eprospera auth refresh"]),
    ("auth whoami", &["eprospera auth whoami"]),
];

/// The examples of a command, by its path without the program, such as `me tax`.
pub fn examples_of(path: &str) -> &'static [&'static str] {
    let row = EXAMPLES.iter().find(|(of, _)| *of == path);
    row.map_or(&[], |(_, examples)| examples)
}
