//! Prosper's tenants: an application belongs to one space, and so does a person (docs/portal.md,
//! Prosper).

/// A space beside the first one, which has the clients and people that no other space names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Space {
    /// Its name, for the log.
    pub name: String,
    /// The clients that are registered in it.
    pub clients: Vec<String>,
    /// The people who belong to it.
    pub personas: Vec<String>,
}

impl Space {
    /// The spaces every sandbox starts with: one without clients, whose only person a client of
    /// the first space sees go to the welcome page.
    pub fn built_in() -> Vec<Self> {
        vec![Self {
            name: "elsewhere".to_owned(),
            clients: Vec::new(),
            personas: vec!["former".to_owned()],
        }]
    }
}

const FIRST: &str = "the first one";

fn of(spaces: &[Space], belongs: impl Fn(&Space) -> bool) -> &str {
    spaces
        .iter()
        .find(|space| belongs(space))
        .map_or(FIRST, |space| &space.name)
}

/// Why a person cannot use a client: they belong to different spaces.
pub(crate) fn parted(spaces: &[Space], persona: &str, client: &str) -> Option<String> {
    let of_persona = of(spaces, |space| {
        space.personas.iter().any(|id| id == persona)
    });
    let of_client = of(spaces, |space| space.clients.iter().any(|id| id == client));
    (of_persona != of_client).then(|| {
        format!("the person belongs to space {of_persona}, the client to space {of_client}")
    })
}
