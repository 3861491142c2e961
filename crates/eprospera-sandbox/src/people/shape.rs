//! A person as a file describes one: the portal's documented shapes, and nothing else
//! (docs/portal.md, Natural person to Legal entities). The tax part is in
//! [`tax_shape`](super::tax_shape).
//!
//! What is left out is `null` where the portal always sends the field; where it may be absent, it
//! is absent. docs/sandbox-data.schema.json follows from these types; a test in `schema.rs` derives
//! it.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::people::tax_shape::TaxShape;
use crate::people::validated::{
    Day, FileName, Filled, Id, Mail, Moment, Permit, Picture, Uuid, Validated,
};

/// Absent, null or there.
type Maybe<T> = Option<Option<T>>;

/// A field that is there, be it null.
fn there<'de, T, D>(deserializer: D) -> Result<Maybe<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

#[expect(clippy::ref_option, reason = "serde passes a field by reference")]
fn absent<T>(field: &Maybe<T>) -> bool {
    field.is_none()
}

/// A table and nothing else. A derived reader takes a list, too, and an empty one for a table
/// whose members may all be left out.
fn members<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(Members(PhantomData))
}

struct Members<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Members<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a table")
    }

    fn visit_map<M: MapAccess<'de>>(self, map: M) -> Result<T, M::Error> {
        T::deserialize(MapAccessDeserializer::new(map))
    }
}

/// A file for `eprospera sandbox --data FILE`, in JSON or TOML. Field names and shapes are those of
/// the portal; what is left out is null or empty.
#[derive(Deserialize)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(title = "People of the e-Próspera sandbox")
)]
#[serde(deny_unknown_fields)]
pub(crate) struct PeopleFile {
    // For editors.
    #[serde(rename = "$schema")]
    pub(crate) _schema: Option<String>,
    #[cfg_attr(test, schemars(length(min = 1)))]
    pub(crate) personas: Vec<Person>,
}

/// Someone who can sign in.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_field_names,
    reason = "`natural_person` is the portal's word for a part of it"
)]
pub(crate) struct Person {
    /// Short name, as in `--auto-approve=ID` and in Agent Keys. It is used once.
    pub(crate) id: Validated<Id>,
    /// Full name, as the login page shows it.
    pub(crate) name: Validated<Filled>,
    /// What this person is good for, in one line.
    #[serde(default)]
    pub(crate) description: String,
    /// The `sub` of tokens and userinfo. Left out, it is a UUID made of the id.
    pub(crate) sub: Option<Validated<Filled>>,
    pub(crate) given_name: Option<String>,
    pub(crate) family_name: Option<String>,
    /// A URL on a host that cannot exist.
    pub(crate) picture: Option<Validated<Picture>>,
    /// Left out, it is the id at mail.example.
    pub(crate) email: Option<Validated<Mail>>,
    /// Left out, it is true.
    pub(crate) email_verified: Option<bool>,
    /// Left out, the profile is `null`: not filled in.
    pub(crate) natural_person: Option<NaturalPerson>,
    /// Left out, the person never was a resident.
    #[serde(default)]
    pub(crate) residency: Residency,
    /// Left out, nothing is on file.
    #[serde(default)]
    pub(crate) id_verification: IdVerification,
    #[serde(default)]
    pub(crate) documents: PersonalDocuments,
    #[serde(default)]
    pub(crate) legal_entities: Vec<EntityShape>,
    #[serde(default, deserialize_with = "members")]
    pub(crate) tax: TaxShape,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct NaturalPerson {
    given_name: String,
    surname: String,
    name: String,
    resident_permit_number: Option<Validated<Permit<'9'>>>,
    country_of_birth: Option<String>,
    #[serde(default)]
    citizenships: Vec<String>,
    date_of_birth: Option<Validated<Day>>,
    sex: Option<Sex>,
    address: Option<Address>,
    phone_number: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum Sex {
    M,
    F,
    Male,
    Female,
    Other,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Address {
    country: String,
    line1: String,
    line2: Option<String>,
    city: String,
    state: Option<String>,
    postal_code: String,
}

// Of an entity: two of its fields may be absent.
#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct OfficeAddress {
    country: String,
    line1: String,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    line2: Maybe<String>,
    city: String,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    state: Maybe<String>,
    postal_code: String,
}

#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Residency {
    was_ever_resident: bool,
    active_residency: Option<ActiveResidency>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ActiveResidency {
    effective_date: Validated<Moment>,
    termination_date: Option<Validated<Moment>>,
    residency_type: ResidencyType,
    version: String,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
enum ResidencyType {
    #[serde(rename = "Limited e-Resident")]
    LimitedEResident,
    #[serde(rename = "e-Resident")]
    EResident,
    Resident,
}

#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct IdVerification {
    id: Option<Validated<Uuid>>,
    #[serde(rename = "type")]
    kind: Option<IdVerificationType>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    document_type: Maybe<DocumentType>,
    date: Option<Validated<Moment>>,
    status: Option<IdVerificationStatus>,
    #[serde(default)]
    documents: Images,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum IdVerificationType {
    Veriff,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
enum IdVerificationStatus {
    Approved,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
enum DocumentType {
    Passport,
    NationalId,
    DriversLicense,
    ResidencePermit,
    Visa,
    Other,
}

#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Images {
    document_front: Option<Validated<FileName>>,
    document_back: Option<Validated<FileName>>,
    face: Option<Validated<FileName>>,
}

#[derive(Default, Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct PersonalDocuments {
    #[serde(default)]
    data: Vec<Document>,
    agreement_of_coexistence: Option<Agreement>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Document {
    id: Validated<Uuid>,
    name: String,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    slug: Maybe<String>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    version: Maybe<Version>,
    /// Left out until the file exists.
    file_url: Option<Validated<FileName>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Validated<Moment>>,
}

/// A text or a number: servers differ (docs/portal.md, Documents).
#[derive(Serialize)]
#[serde(transparent)]
#[cfg_attr(
    test,
    derive(schemars::JsonSchema),
    schemars(extend("type" = ["string", "number"]))
)]
struct Version(serde_json::Value);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VersionReader).map(Self)
    }
}

struct VersionReader;

impl Visitor<'_> for VersionReader {
    type Value = serde_json::Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string or a number")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(text.into())
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(number.into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(number.into())
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(number.into())
    }
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Agreement {
    aoc_id: Validated<Uuid>,
    slug: Option<String>,
    version: String,
    residency_type: ResidencyType,
    effective_date: Validated<Moment>,
    termination_date: Option<Validated<Moment>>,
    template_pdf_url: Option<Validated<FileName>>,
    signed_document_id: Option<Validated<Uuid>>,
    signed_document_url: Option<Validated<FileName>>,
}

/// An entity with its documents.
#[derive(Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub(crate) struct EntityShape {
    pub(crate) entity: LegalEntity,
    #[serde(default)]
    pub(crate) documents: Vec<Document>,
}

#[derive(Deserialize, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct LegalEntity {
    id: Validated<Uuid>,
    option_id: String,
    #[serde(rename = "type")]
    kind: String,
    name: String,
    extension: String,
    #[serde(default)]
    name_starts_with_extension: bool,
    resident_permit_number: Option<Validated<Permit<'8'>>>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    formation_date: Maybe<Validated<Day>>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    registration_date: Maybe<Validated<Day>>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    dissolution_date: Maybe<Validated<Day>>,
    #[serde(default, deserialize_with = "there", skip_serializing_if = "absent")]
    principal_office_address: Maybe<OfficeAddress>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Validated<Moment>>,
}

impl LegalEntity {
    pub(crate) fn id(&self) -> &str {
        self.id.as_str()
    }
}
