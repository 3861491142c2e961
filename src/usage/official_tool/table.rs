//! The commands and options of the official Node tool, and the answer to each.
//!
//! Data only. Its commands, options and routes are those of its versions 0.3.0 and the one after it.

/// A command of the official tool.
pub(super) struct OfficialCommand {
    /// Its words, such as `entity verify`.
    pub words: &'static [&'static str],
    /// Its arguments in their order, as a line shows those that are missing.
    pub arguments: &'static [&'static str],
    pub options: &'static [OfficialOption],
    pub answer: Answer,
}

/// An option of one of its commands.
pub(super) struct OfficialOption {
    pub name: &'static str,
    pub becomes: Becomes,
    /// What a line shows in place of the value if the option is required and missing.
    pub required: Option<&'static str>,
}

/// What an option is here.
#[derive(Clone, Copy)]
pub(super) enum Becomes {
    /// A text field of the request.
    Field(&'static str),
    /// A field that is true.
    True(&'static str),
    /// The fields of a JSON object, below a name.
    Object(&'static str),
    /// The file with the body.
    Input,
    /// An option without a value.
    Flag(&'static str),
    /// An option whose value is a list; it takes commas as well.
    List(&'static str),
    /// The file of a download, which is an option of the same name here, for something else.
    Download,
    /// Nothing: it has a value, and no part in the line.
    Without,
    /// A key of its own to store, which this program does not do.
    Key,
}

/// What to do in place of a command.
pub(super) enum Answer {
    /// It works: these words, with `{0}` for its first argument.
    Works(&'static str),
    /// A request that needs a key of the portal.
    Api(Request),
    /// Another command line, with `{0}` for its first argument.
    Use(&'static str),
}

/// A request to the portal.
pub(super) struct Request {
    pub method: &'static str,
    /// With `{0}` for the first argument.
    pub path: &'static str,
    /// The field that the only argument goes to, where it is not in the path.
    pub field: Option<&'static str>,
    /// Whether it is an empty object if nothing else is sent.
    pub is_object: bool,
    pub key: Key,
    /// More words of the line.
    pub rest: &'static str,
    /// What else to say.
    pub note: &'static str,
}

/// Which credential a route takes.
#[derive(Clone, Copy)]
pub(super) enum Key {
    AgentOrStandard,
    Standard,
    None,
}

const GET: Request = Request {
    method: "GET",
    path: "",
    field: None,
    is_object: false,
    key: Key::AgentOrStandard,
    rest: "",
    note: "",
};
const POST: Request = Request {
    method: "POST",
    ..GET
};

const fn get(path: &'static str) -> Answer {
    Answer::Api(Request { path, ..GET })
}

const fn post(path: &'static str) -> Answer {
    Answer::Api(Request { path, ..POST })
}

/// A search or check that sends its only argument.
const fn ask(path: &'static str, field: &'static str) -> Answer {
    Answer::Api(Request {
        path,
        field: Some(field),
        ..POST
    })
}

const fn command(
    words: &'static [&'static str],
    arguments: &'static [&'static str],
    answer: Answer,
) -> OfficialCommand {
    OfficialCommand {
        words,
        arguments,
        options: &[],
        answer,
    }
}

const fn with_options(
    command: OfficialCommand,
    options: &'static [OfficialOption],
) -> OfficialCommand {
    OfficialCommand {
        words: command.words,
        arguments: command.arguments,
        options,
        answer: command.answer,
    }
}

const fn optional(name: &'static str, becomes: Becomes) -> OfficialOption {
    OfficialOption {
        name,
        becomes,
        required: None,
    }
}

const fn required(
    name: &'static str,
    becomes: Becomes,
    placeholder: &'static str,
) -> OfficialOption {
    OfficialOption {
        name,
        becomes,
        required: Some(placeholder),
    }
}

const SEARCH: Answer = ask("/api/v1/registries/legal_entities/search", "query");
const VOUCHER: OfficialOption = required("--voucher", Becomes::Field("voucherCode"), "CODE");
const FILE: OfficialOption = required("--file", Becomes::Input, "FILE");

/// Every command that is not also one of this program, each group together.
pub(super) const COMMANDS: &[OfficialCommand] = &[
    command(&["entity", "search"], &["TEXT"], SEARCH),
    command(
        &["entity", "verify"],
        &["RPN"],
        ask("/api/v1/verify_rpn", "rpn"),
    ),
    command(
        &["entity", "get"],
        &["ID"],
        get("/api/v1/legal_entities/{0}"),
    ),
    command(
        &["entity", "documents"],
        &["ID"],
        get("/api/v1/legal_entities/{0}/documents"),
    ),
    command(
        &["entity", "amendment", "list"],
        &["ID"],
        get("/api/v1/legal_entities/{0}/amendments"),
    ),
    with_options(
        command(
            &["entity", "amendment", "create"],
            &["ID"],
            post("/api/v1/legal_entities/{0}/amendments"),
        ),
        &[FILE],
    ),
    command(
        &["entity", "amendment", "get"],
        &["ID", "FILING"],
        get("/api/v1/legal_entities/{0}/amendments/{1}"),
    ),
    with_options(
        command(
            &["entity", "amendment", "update"],
            &["ID", "FILING"],
            Answer::Api(Request {
                method: "PATCH",
                path: "/api/v1/legal_entities/{0}/amendments/{1}",
                ..GET
            }),
        ),
        &[FILE],
    ),
    with_options(
        command(
            &["entity", "amendment", "pay"],
            &["ID", "FILING"],
            post("/api/v1/legal_entities/{0}/amendments/{1}/pay/voucher"),
        ),
        &[VOUCHER],
    ),
    command(
        &["entity", "amendment", "submit"],
        &["ID", "FILING"],
        post("/api/v1/legal_entities/{0}/amendments/{1}/submit"),
    ),
    command(
        &["entity", "certificate", "list"],
        &["ID"],
        get("/api/v1/legal_entities/{0}/certificate_requests"),
    ),
    with_options(
        command(
            &["entity", "certificate", "create"],
            &["ID"],
            Answer::Api(Request {
                path: "/api/v1/legal_entities/{0}/certificate_requests",
                is_object: true,
                ..POST
            }),
        ),
        &[optional("--file", Becomes::Input)],
    ),
    command(
        &["entity", "certificate", "get"],
        &["ID", "REQUEST"],
        get("/api/v1/legal_entities/{0}/certificate_requests/{1}"),
    ),
    with_options(
        command(
            &["entity", "certificate", "pay"],
            &["ID", "REQUEST"],
            post("/api/v1/legal_entities/{0}/certificate_requests/{1}/pay/voucher"),
        ),
        &[VOUCHER],
    ),
    // The name of its routes and of its scope, which people type for the group.
    command(&["registry", "search"], &["TEXT"], SEARCH),
    command(
        &["application", "list"],
        &[],
        get("/api/v1/legal_entity_applications"),
    ),
    with_options(
        command(
            &["application", "create"],
            &[],
            post("/api/v1/legal_entity_applications"),
        ),
        &[FILE],
    ),
    command(
        &["application", "get"],
        &["ID"],
        get("/api/v1/legal_entity_applications/{0}"),
    ),
    with_options(
        command(
            &["application", "pay"],
            &["ID"],
            post("/api/v1/legal_entity_applications/{0}/pay/voucher"),
        ),
        &[VOUCHER, optional("--coupon", Becomes::Field("voucherCode"))],
    ),
    with_options(
        command(
            &["application", "checkout"],
            &["ID"],
            Answer::Api(Request {
                path: "/api/v1/legal_entity_applications/{0}/checkout_session",
                key: Key::Standard,
                ..POST
            }),
        ),
        &[
            required("--redirect-url", Becomes::Field("redirectUrl"), "URL"),
            optional("--provider", Becomes::Field("paymentProvider")),
            optional("--payment-method", Becomes::Object("paymentMethod")),
            optional("--email", Becomes::Field("email")),
        ],
    ),
    with_options(
        command(
            &["application", "watch"],
            &["ID"],
            Answer::Api(Request {
                path: "/api/v1/legal_entity_applications/{0}",
                rest: "--jq .data.statusId",
                note: "repeat it until it prints Approved or Rejected",
                ..GET
            }),
        ),
        &[
            optional("--timeout", Becomes::Without),
            optional("--initial-interval", Becomes::Without),
            optional("--max-interval", Becomes::Without),
        ],
    ),
    command(
        &["referral", "list"],
        &["CODE"],
        Answer::Api(Request {
            path: "/api/v1/referral-codes/{0}/referrals",
            key: Key::Standard,
            ..GET
        }),
    ),
    with_options(
        command(
            &["visitor-pass", "create"],
            &[],
            Answer::Api(Request {
                path: "/api/v1/visitor_pass_applications",
                key: Key::None,
                ..POST
            }),
        ),
        &[
            required("--first-name", Becomes::Field("firstName"), "NAME"),
            required("--last-name", Becomes::Field("lastName"), "NAME"),
            required("--date-of-birth", Becomes::Field("dateOfBirth"), "DATE"),
            required("--email", Becomes::Field("email"), "ADDRESS"),
            required("--signature", Becomes::Field("signature"), "NAME"),
            optional(
                "--consent-to-background-check",
                Becomes::True("consentToBackgroundCheck"),
            ),
            required(
                "--referral-source",
                Becomes::Field("referralSource"),
                "TEXT",
            ),
        ],
    ),
    command(
        &["me", "legal-entities", "list"],
        &[],
        Answer::Works("me legal-entities"),
    ),
    command(
        &["me", "legal-entities", "get"],
        &["ID"],
        Answer::Works("me legal-entities {0}"),
    ),
    command(
        &["me", "legal-entities", "documents"],
        &["ID"],
        Answer::Works("me legal-entities {0} documents"),
    ),
    command(&["tax", "status"], &[], Answer::Works("me tax summary")),
    command(&["tax", "list"], &[], Answer::Works("me tax filings")),
    command(&["tax", "get"], &["ID"], Answer::Works("me tax filing {0}")),
    with_options(
        command(
            &["tax", "download"],
            &["ID"],
            Answer::Works("me tax download {0}"),
        ),
        &[optional("--output", Becomes::Download)],
    ),
    // Its other words are those of this program.
    command(&["tax"], &[], Answer::Works("me tax")),
    with_options(
        command(&["auth", "login"], &[], Answer::Works("login")),
        &[
            optional("--oauth", Becomes::Flag("--device")),
            optional("--scopes", Becomes::List("--scope")),
            optional("--agent-key", Becomes::Key),
            optional("--standard-key", Becomes::Key),
        ],
    ),
    with_options(
        command(&["auth", "whoami"], &[], Answer::Works("whoami")),
        &[optional("--verify", Becomes::Flag(""))],
    ),
    command(
        &["config", "list"],
        &[],
        Answer::Use("eprospera profile show"),
    ),
    command(
        &["config", "get"],
        &["KEY"],
        Answer::Use("eprospera profile show --jq .issuer"),
    ),
    command(
        &["config", "set"],
        &["KEY", "URL"],
        Answer::Use("eprospera profile set issuer {1}"),
    ),
    command(
        &["config", "unset"],
        &["KEY"],
        Answer::Use("eprospera profile unset issuer"),
    ),
    command(
        &["completion"],
        &["SHELL"],
        Answer::Works("completions {0}"),
    ),
];

/// The words that begin only commands of the official tool.
pub(super) const GROUPS: &[&str] = &[
    "entity",
    "registry",
    "application",
    "referral",
    "visitor-pass",
    "tax",
    "config",
    "completion",
];

/// What an option of all its commands is here.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum GlobalOption {
    /// Its questions are not asked here, but for those that have an option of their own.
    Yes,
    /// One line of JSON.
    Raw,
    /// Words for people also where stdout is no terminal.
    NoAutoJson,
    /// A missing scope ends in the same exit code, whether client or server finds it out.
    SkipScopeCheck,
    /// A secret, which is not taken from a command line.
    ApiKey,
    /// Only `api` has it.
    DryRun,
}

/// Its options for all commands that are not also options of this program.
pub(super) const GLOBAL_OPTIONS: &[(&str, GlobalOption)] = &[
    ("--yes", GlobalOption::Yes),
    ("-y", GlobalOption::Yes),
    ("--raw", GlobalOption::Raw),
    ("--no-auto-json", GlobalOption::NoAutoJson),
    ("--skip-scope-check", GlobalOption::SkipScopeCheck),
    ("--api-key", GlobalOption::ApiKey),
    ("--dry-run", GlobalOption::DryRun),
];
