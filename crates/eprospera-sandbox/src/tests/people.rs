//! The built-in personas have the portal's shapes (docs/portal.md, Natural person to Tax).
//!
//! `newer` may have more than is documented, and `hostile` keeps to the types and to nothing else.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::Persona;

const PERSON: &str = "address citizenships countryOfBirth dateOfBirth givenName name phoneNumber \
    residentPermitNumber sex surname";
const DOCUMENT: &str = "id name fileUrl";
const DOCUMENT_OPTIONAL: &str = "slug version createdAt";
const AGREEMENT: &str = "aocId effectiveDate residencyType signedDocumentId signedDocumentUrl slug \
    templatePdfUrl terminationDate version";
const ENTITY: &str = "id optionId type name extension nameStartsWithExtension residentPermitNumber";
const ENTITY_OPTIONAL: &str =
    "formationDate registrationDate dissolutionDate principalOfficeAddress createdAt";
const FILING: &str = "accountingMethod amended availableDocuments currency exchangeRate id invoice \
    period reported subject submittedAt taxLiability type usdEquivalent";
const AMOUNTS: &str = "grossIncome taxCredit taxWithheld";

/// Everybody whose data is as documented, and whether there may be more of it.
fn documented() -> Vec<(Persona, bool)> {
    let mut personas = Persona::built_in();
    personas.retain(|persona| persona.id != "hostile");
    let newer = |persona: Persona| {
        let more = persona.id == "newer";
        (persona, more)
    };
    personas.into_iter().map(newer).collect()
}

/// Whether an object has its keys, perhaps some of the optional ones, and no other unless there
/// may be more.
fn has_keys(value: &Value, required: &str, optional: &str, more: bool) {
    let keys: BTreeSet<_> = value.as_object().unwrap().keys().collect();
    let known = |key: &str| keys.iter().any(|known| *known == key);
    let missing: Vec<_> = required.split(' ').filter(|key| !known(key)).collect();
    assert!(missing.is_empty(), "{missing:?} in {value}");
    let documented: Vec<_> = required.split(' ').chain(optional.split(' ')).collect();
    let extra = keys.iter().any(|key| !documented.contains(&key.as_str()));
    assert!(more || !extra, "{value}");
}

fn is_uuid(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let groups: Vec<_> = text.split('-').map(str::len).collect();
    groups == [8, 4, 4, 4, 12]
        && text
            .bytes()
            .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
}

fn is_moment(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.len() == 24 && text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok()
}

/// Both forms of a date (docs/portal.md, Formats).
fn is_day(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    is_moment(value) || (text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok())
}

fn is_permit(value: &Value, first: char) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.len() == 14 && text.starts_with(first) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_amount(value: &Value) -> bool {
    let text = value.as_str().unwrap_or_default();
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.')
        .is_some_and(|(whole, part)| digits(whole) && digits(part))
}

fn null_or(value: &Value, is_right: impl Fn(&Value) -> bool) -> bool {
    value.is_null() || is_right(value)
}

fn persona(id: &str) -> Persona {
    Persona::built_in()
        .into_iter()
        .find(|persona| persona.id == id)
        .unwrap()
}

#[test]
fn the_first_four_personas_cover_the_documented_states() {
    let ids: Vec<_> = Persona::built_in()
        .into_iter()
        .map(|persona| persona.id)
        .collect();
    assert_eq!(ids[..4], ["resident", "e-resident", "no-profile", "former"]);
    assert_eq!(
        persona("resident").residency["activeResidency"]["residencyType"],
        "Resident"
    );
    assert!(persona("resident").legal_entities.len() > 1);
    assert!(persona("resident").tax.filings.len() > 2);
    assert!(persona("e-resident").id_verification["id"].is_null());
    assert!(persona("no-profile").natural_person.is_null());
    assert_eq!(persona("no-profile").residency["wasEverResident"], false);
    assert_eq!(persona("former").residency["wasEverResident"], true);
    assert!(persona("former").residency["activeResidency"].is_null());
}

#[test]
fn personal_data_has_every_documented_key() {
    for (persona, more) in documented() {
        assert!(is_uuid(&persona.sub.as_str().into()));
        assert!(persona.email.ends_with("@mail.example"));
        let person = &persona.natural_person;
        if !person.is_null() {
            has_keys(person, PERSON, "", more);
            assert!(null_or(&person["residentPermitNumber"], |permit| {
                is_permit(permit, '9')
            }));
            assert!(null_or(&person["dateOfBirth"], is_day));
            if !person["address"].is_null() {
                let expected = "city country line1 line2 postalCode state";
                has_keys(&person["address"], expected, "", more);
            }
        }
        has_keys(
            &persona.residency,
            "activeResidency wasEverResident",
            "",
            more,
        );
        let active = &persona.residency["activeResidency"];
        if !active.is_null() {
            let expected = "effectiveDate residencyType terminationDate version";
            has_keys(active, expected, "", more);
            assert!(is_moment(&active["effectiveDate"]));
        }
    }
}

#[test]
fn identity_checks_and_documents_have_every_documented_key() {
    for (persona, more) in documented() {
        let check = &persona.id_verification;
        has_keys(check, "date documents id status type", "documentType", more);
        has_keys(
            &check["documents"],
            "documentBack documentFront face",
            "",
            more,
        );
        assert!(check["id"].is_null() || (is_uuid(&check["id"]) && is_moment(&check["date"])));
        has_keys(&persona.documents, "agreementOfCoexistence data", "", more);
        let of_person = persona.documents["data"].as_array().unwrap().iter();
        let of_entities = persona.legal_entities.iter();
        let of_entities = of_entities.flat_map(|entity| &entity.documents);
        for document in of_person.chain(of_entities) {
            has_keys(document, DOCUMENT, DOCUMENT_OPTIONAL, more);
            assert!(is_uuid(&document["id"]));
            assert!(document.get("createdAt").is_none_or(is_moment));
        }
        let agreement = &persona.documents["agreementOfCoexistence"];
        if !agreement.is_null() {
            has_keys(agreement, AGREEMENT, "", more);
        }
    }
}

#[test]
fn entities_have_every_documented_key() {
    for (persona, more) in documented() {
        for entity in &persona.legal_entities {
            let entity = &entity.entity;
            has_keys(entity, ENTITY, ENTITY_OPTIONAL, more);
            assert!(is_uuid(&entity["id"]));
            assert!(null_or(&entity["residentPermitNumber"], |permit| {
                is_permit(permit, '8')
            }));
            for date in ["formationDate", "registrationDate", "dissolutionDate"] {
                assert!(null_or(&entity[date], is_day), "{date}");
            }
        }
    }
}

#[test]
fn tax_data_has_every_documented_key() {
    for (persona, more) in documented() {
        for each in &persona.tax.subjects {
            has_keys(each, "lumpSumElections obligations subject", "", more);
            for obligation in each["obligations"].as_array().unwrap() {
                has_keys(obligation, "dueDate filingId period status type", "", more);
                assert!(is_moment(&obligation["dueDate"]));
            }
            for election in each["lumpSumElections"].as_array().unwrap() {
                let expected = "effectiveDate id status taxYear terminationDate";
                has_keys(election, expected, "", more);
            }
        }
        for filing in &persona.tax.filings {
            has_keys(filing, FILING, "", more);
            assert!(is_uuid(&filing["id"]) && is_moment(&filing["submittedAt"]));
            assert!(null_or(&filing["taxLiability"], is_amount));
            let expected = "id name residentPermitNumber type";
            has_keys(&filing["subject"], expected, "", more);
            for amounts in ["reported", "usdEquivalent"] {
                let amounts = &filing[amounts];
                if !amounts.is_null() {
                    has_keys(amounts, AMOUNTS, "", more);
                    let mut each = AMOUNTS.split(' ').map(|name| &amounts[name]);
                    assert!(each.all(|amount| null_or(amount, is_amount)), "{amounts}");
                }
            }
        }
        let filings = persona.tax.filings.iter();
        let moments = filings.map(|filing| filing["submittedAt"].as_str().unwrap());
        assert!(moments.rev().is_sorted(), "newest first");
    }
}

/// Every value at a path of keys, in everybody's data; arrays are gone through.
fn everywhere(root: impl Fn(&Persona) -> Value, path: &str) -> Vec<Value> {
    let roots = documented().into_iter().map(|(persona, _)| root(&persona));
    path.split(' ').fold(roots.collect(), |values, key| {
        let each = values.into_iter().flat_map(|value: Value| match value {
            Value::Array(members) => members,
            other => vec![other],
        });
        each.filter_map(|value| value.get(key).cloned()).collect()
    })
}

#[test]
fn every_documented_word_and_null_occurs_somewhere() {
    let tax = |persona: &Persona| Value::Array(persona.tax.subjects.clone());
    let filings = |persona: &Persona| Value::Array(persona.tax.filings.clone());
    let entities = |persona: &Persona| {
        let entities = persona.legal_entities.iter();
        entities.map(|entity| entity.entity.clone()).collect()
    };
    let occurs = |values: Vec<Value>, expected: &[Value]| {
        for value in expected {
            assert!(values.contains(value), "{value} in {values:?}");
        }
    };
    let null = Value::Null;
    let person = |persona: &Persona| persona.natural_person.clone();
    let words =
        |words: &[&str]| -> Vec<Value> { words.iter().map(|word| (*word).into()).collect() };
    occurs(everywhere(person, "sex"), &words(&["M", "F", "Male", "X"]));
    let residency = |persona: &Persona| persona.residency.clone();
    occurs(
        everywhere(residency, "activeResidency residencyType"),
        &words(&["Limited e-Resident", "e-Resident", "Resident"]),
    );
    occurs(
        everywhere(entities, "nameStartsWithExtension"),
        &[true.into(), false.into()],
    );
    occurs(
        everywhere(entities, "residentPermitNumber"),
        std::slice::from_ref(&null),
    );
    occurs(
        everywhere(tax, "obligations status"),
        &words(&["open", "overdue"]),
    );
    occurs(
        everywhere(tax, "lumpSumElections status"),
        &words(&["active", "expired"]),
    );
    for path in ["type", "currency", "availableDocuments"] {
        assert!(!everywhere(filings, path).is_empty());
    }
    occurs(everywhere(filings, "type"), &words(&["income", "vat"]));
    occurs(everywhere(filings, "currency"), &words(&["usd", "btc"]));
    occurs(everywhere(filings, "amended"), &[true.into(), false.into()]);
    for path in [
        "usdEquivalent",
        "usdEquivalent taxCredit",
        "taxLiability",
        "exchangeRate",
        "exchangeRate btcUsdRate",
        "exchangeRate source",
        "invoice",
        "accountingMethod",
        "period quarter",
    ] {
        let values = everywhere(filings, path);
        occurs(values.clone(), std::slice::from_ref(&null));
        assert!(values.iter().any(|value| !value.is_null()), "{path}");
    }
}

#[test]
fn one_persona_has_several_pages_of_filings() {
    assert!(persona("trader").tax.filings.len() > 20);
}

#[test]
fn a_persona_with_an_unknown_field_is_refused() {
    assert!(Persona::parse("{\"id\": \"x\", \"shoe_size\": 42}").is_err());
}
