//! docs/sandbox-data.schema.json as it follows from the shapes; `UPDATE=1` rewrites it.
//!
//! A shape says what there is, and here is what the text of a format looks like as a pattern.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use crate::people::shape::PeopleFile;
use crate::people::validated::{
    AnyPermit, Day, Decimal, FileName, Filled, Id, Mail, Moment, Permit, Picture, Uuid, Validated,
};

/// A format as a schema.
trait Described {
    const NAME: &'static str;

    fn schema() -> Schema;
}

impl<F: Described> JsonSchema for Validated<F> {
    fn schema_name() -> Cow<'static, str> {
        F::NAME.into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        F::schema()
    }
}

macro_rules! described {
    ($($format:ty, $name:literal, $pattern:literal, $more:tt;)*) => {$(
        impl Described for $format {
            const NAME: &'static str = $name;

            fn schema() -> Schema {
                let mut schema = json_schema!($more);
                schema.insert("type".to_owned(), "string".into());
                schema.insert("pattern".to_owned(), $pattern.into());
                schema
            }
        }
    )*};
}

described! {
    Id, "id", "^[A-Za-z0-9._-]{1,64}$", {};
    Filled, "filled", "\\S", { "description": "A string that is not empty." };
    Mail, "mail", "^\\S+@[^@\\s]+$", {};
    Picture, "picture",
        "^[Hh][Tt][Tt][Pp][Ss]?://([A-Za-z0-9.-]+\\.)?\
        (example|test|invalid|example\\.com|example\\.org)(:[0-9]*)?([/?#].*)?$", {};
    Uuid, "uuid",
        "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
        { "examples": ["3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63"] };
    Permit<'9'>, "personPermit", "^9[0-9]{13}$",
        { "description": "Resident Permit Number of a person: 14 digits, the first one a 9." };
    Permit<'8'>, "entityPermit", "^8[0-9]{13}$",
        { "description": "Resident Permit Number of an entity: 14 digits, the first one an 8." };
    AnyPermit, "permit", "^[89][0-9]{13}$", {};
    Moment, "moment",
        "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?[Zz]$",
        {
            "format": "date-time",
            "description": "A time in UTC. In TOML, the quotes are optional.",
            "examples": ["2026-02-03T00:00:00.000Z"],
        };
    Decimal, "decimal", "^-?[0-9]+(\\.[0-9]+)?$", { "examples": ["937.50"] };
    FileName, "file", "^sandbox:[\\s\\S]+$",
        {
            "description": "A file that the sandbox makes and serves at a signed URL: \
                            `sandbox:NAME`, or `sandbox:bytes=SIZE/NAME` for a file of that size.",
            "examples": ["sandbox:agreement.pdf", "sandbox:bytes=500000000/large.pdf"],
        };
}

impl Described for Day {
    const NAME: &'static str = "day";

    fn schema() -> Schema {
        let day = json_schema!({
            "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
        });
        json_schema!({
            "anyOf": [day, Moment::schema()],
            "description": "A day, with or without a time. In TOML, the quotes are optional.",
            "examples": ["2024-05-06"],
        })
    }
}

#[test]
fn the_published_schema_follows_from_the_shapes() {
    published::<PeopleFile>("sandbox-data.schema.json");
}

/// Compares a file in docs/ with the schema of a type.
pub(crate) fn published<T: JsonSchema>(name: &str) {
    let plain = RecursiveTransform(|schema: &mut Schema| {
        schema.remove("default");
        if schema
            .get("format")
            .is_some_and(|format| format == "uint16")
        {
            schema.remove("format");
        }
    });
    let settings = SchemaSettings::draft2020_12().with_transform(plain);
    let derived = settings.into_generator().into_root_schema_for::<T>();
    let file = format!("{}/../../docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::vars_os().any(|(name, value)| name == "UPDATE" && value == "1") {
        let text = serde_json::to_string_pretty(&derived).unwrap();
        std::io::Write::write_all(
            &mut std::fs::File::create(&file).unwrap(),
            format!("{text}\n").as_bytes(),
        )
        .unwrap();
    }
    let published: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    let is_same = published == *derived.as_value();
    assert!(is_same, "{file} is stale: run the tests with UPDATE=1");
}
