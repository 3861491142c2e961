//! How the values of a configuration file are written. Each is checked where it is read, so that an
//! error has its place in the file.

use std::fmt;
use std::time::Duration;

use serde::de::{self, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

use crate::crypto::keys::{Algorithm, UnknownAlgorithm};
use crate::faults::fault::Fault;
use crate::model::client::{Client, GrantType, unregistrable};
use crate::model::scope;
use crate::people::wording::similar;

/// Reads a text. What is wrong with it has the place of the text, also in a list.
fn text<'de, D: Deserializer<'de>, T>(
    from: D,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<T, D::Error> {
    struct Reader<F>(F);

    impl<T, F: FnOnce(&str) -> Result<T, String>> Visitor<'_> for Reader<F> {
        type Value = T;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a string")
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            (self.0)(text).map_err(E::custom)
        }
    }

    from.deserialize_any(Reader(read))
}

/// The end of a message, where a known word is like the one that was written.
fn meant(near: Option<&str>) -> String {
    near.map(|near| format!("; did you mean `{near}`?"))
        .unwrap_or_default()
}

/// Reads `30s`, `1h 30m`, or a number of seconds.
pub(super) fn duration<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Duration>, D::Error> {
    struct Reader;

    impl Visitor<'_> for Reader {
        type Value = Duration;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a duration, such as `\"30s\"`, `\"5m\"` or `\"1h\"`")
        }

        fn visit_u64<E: de::Error>(self, seconds: u64) -> Result<Duration, E> {
            Ok(Duration::from_secs(seconds))
        }

        fn visit_str<E: de::Error>(self, text: &str) -> Result<Duration, E> {
            let seconds = text.parse().map(Duration::from_secs).ok();
            let parsed = seconds.or_else(|| humantime::parse_duration(text).ok());
            parsed.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
        }
    }

    from.deserialize_any(Reader).map(Some)
}

/// Reads `true` as the first person, which is `""`, `false` as none, and a text as an id.
pub(super) fn approval<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    struct Reader;

    impl Visitor<'_> for Reader {
        type Value = Option<String>;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("`true`, `false` or the id of a persona in quotes")
        }

        fn visit_bool<E: de::Error>(self, is_on: bool) -> Result<Option<String>, E> {
            Ok(is_on.then(String::new))
        }

        fn visit_str<E: de::Error>(self, id: &str) -> Result<Option<String>, E> {
            Ok(Some(id.to_owned()))
        }
    }

    from.deserialize_any(Reader)
}

pub(super) fn algorithm<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Algorithm>, D::Error> {
    let read = |name: &str| {
        name.parse()
            .map_err(|error: UnknownAlgorithm| error.to_string())
    };
    text(from, read).map(Some)
}

pub(super) fn status<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u16>, D::Error> {
    struct Reader;

    impl Visitor<'_> for Reader {
        type Value = u16;

        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("401 or 403")
        }

        fn visit_u64<E: de::Error>(self, status: u64) -> Result<u16, E> {
            match status {
                401 => Ok(401),
                403 => Ok(403),
                other => Err(E::invalid_value(Unexpected::Unsigned(other), &self)),
            }
        }
    }

    from.deserialize_any(Reader).map(Some)
}

pub(super) fn faults<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Fault>, D::Error> {
    struct Rule(Fault);

    impl<'de> Deserialize<'de> for Rule {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let read = |rule: &str| {
                rule.parse::<Fault>().map_err(|error| {
                    let unknown = error.unknown();
                    let near =
                        unknown.and_then(|(word, known)| similar(word, known.iter().copied()));
                    format!("{error}{}", meant(near))
                })
            };
            text(from, read).map(Self)
        }
    }

    let rules: Vec<Rule> = Vec::deserialize(from)?;
    Ok(rules.into_iter().map(|Rule(fault)| fault).collect())
}

/// A text that no message repeats, whatever is wrong with it.
pub(crate) struct SecretText(String);

impl<'de> Deserialize<'de> for SecretText {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Reader;

        /// The ways of being something else, none of which shows what.
        macro_rules! hidden {
            ($($method:ident: $kind:ty),*) => {$(
                fn $method<E: de::Error>(self, _: $kind) -> Result<String, E> {
                    Err(E::custom("a secret must be a string in quotes"))
                }
            )*};
        }

        impl Visitor<'_> for Reader {
            type Value = String;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a string in quotes")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<String, E> {
                if text.is_empty() {
                    return Err(E::custom(
                        "the secret is empty; leave it out for a public client",
                    ));
                }
                Ok(text.to_owned())
            }

            hidden!(visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_bool: bool);
        }

        from.deserialize_any(Reader).map(Self)
    }
}

/// A client in a file.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct ClientShape {
    /// `client_id`
    #[serde(deserialize_with = "id")]
    id: String,
    /// What the consent page calls it.
    name: Option<String>,
    /// `client_secret`; a client without one is public.
    #[cfg_attr(test, schemars(with = "Option<String>"))]
    secret: Option<SecretText>,
    /// Where codes may be sent.
    #[serde(default, deserialize_with = "redirect_uris")]
    redirect_uris: Vec<String>,
    /// What it may use at the token endpoint; by default everything that it can use.
    #[serde(default, deserialize_with = "grants")]
    #[cfg_attr(test, schemars(with = "Option<Vec<super::schema_types::GrantName>>"))]
    grants: Option<Vec<GrantType>>,
    /// What it may ask for; by default every scope.
    #[serde(default, deserialize_with = "scopes")]
    scopes: Option<Vec<String>>,
}

impl From<ClientShape> for Client {
    fn from(shape: ClientShape) -> Self {
        let secret = shape.secret.map(|SecretText(text)| text);
        let mut client = Self::new(&shape.id, secret.as_deref(), shape.redirect_uris);
        client.grants.push(GrantType::DeviceCode);
        if client.redirect_uris.is_empty() {
            client
                .grants
                .retain(|grant| *grant != GrantType::AuthorizationCode);
        }
        if let Some(name) = shape.name {
            client.name = name;
        }
        if let Some(grants) = shape.grants {
            client.grants = grants;
        }
        if let Some(scopes) = shape.scopes {
            client.scopes = scopes;
        }
        client
    }
}

fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    text(from, |id| {
        let is_printable = id.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if id.is_empty() || !is_printable {
            return Err("a client id is one or more printable ASCII characters".to_owned());
        }
        Ok(id.to_owned())
    })
}

fn redirect_uris<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<String>, D::Error> {
    struct RedirectUri(String);

    impl<'de> Deserialize<'de> for RedirectUri {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let read = |uri: &str| match unregistrable(uri) {
                None => Ok(uri.to_owned()),
                Some(reason) => Err(format!(
                    "the redirect URI `{uri}` cannot be registered: {reason}"
                )),
            };
            text(from, read).map(Self)
        }
    }

    let uris: Vec<RedirectUri> = Vec::deserialize(from)?;
    Ok(uris.into_iter().map(|RedirectUri(uri)| uri).collect())
}

fn grants<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<GrantType>>, D::Error> {
    struct Grant(GrantType);

    impl<'de> Deserialize<'de> for Grant {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let read = |name: &str| {
                let mut all = GrantType::ALL.into_iter();
                let grant = all.find(|grant| grant.as_str() == name || grant.short_name() == name);
                let names = GrantType::ALL.map(GrantType::short_name);
                grant.ok_or_else(|| {
                    let near = meant(similar(name, names.into_iter()));
                    format!("there is no grant `{name}`; use {}{near}", names.join(", "))
                })
            };
            text(from, read).map(Self)
        }
    }

    let grants: Vec<Grant> = Vec::deserialize(from)?;
    Ok(Some(grants.into_iter().map(|Grant(grant)| grant).collect()))
}

fn scopes<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Vec<String>>, D::Error> {
    struct Scope(String);

    impl<'de> Deserialize<'de> for Scope {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            let read = |name: &str| {
                let names = scope::ALL.iter().map(|scope| scope.name);
                if names.clone().any(|known| known == name) {
                    return Ok(name.to_owned());
                }
                let near = meant(similar(name, names));
                Err(format!("the portal does not know the scope `{name}`{near}"))
            };
            text(from, read).map(Self)
        }
    }

    let scopes: Vec<Scope> = Vec::deserialize(from)?;
    Ok(Some(scopes.into_iter().map(|Scope(name)| name).collect()))
}
