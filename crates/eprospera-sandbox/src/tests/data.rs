//! People from a file: what is taken, what is refused, and where.

use serde_json::{Value, json};

use crate::{Options, Persona, read_people};

const EXAMPLE: &str = include_str!("../../../../examples/sandbox/people.toml");

fn one(text: &str) -> Persona {
    let mut people = read_people("people", text).unwrap();
    assert_eq!(people.len(), 1);
    people.remove(0)
}

fn refusal(text: &str) -> String {
    let error = read_people("people.toml", text).unwrap_err().to_string();
    error.strip_prefix("people.toml:").unwrap().to_owned()
}

/// A file with one person, some of whose fields are given in JSON.
fn with(fields: &Value) -> String {
    let mut person = json!({ "id": "ines", "name": "Inés Calderón" });
    for (name, value) in fields.as_object().unwrap() {
        person[name] = value.clone();
    }
    json!({ "personas": [person] }).to_string()
}

#[test]
fn the_example_has_the_portals_shapes() {
    let people = read_people("people.toml", EXAMPLE).unwrap();
    let [ines, kofi] = people.as_slice() else {
        panic!("two people are in it");
    };
    assert_eq!(
        ines.natural_person,
        json!({
            "givenName": "Inés", "surname": "Calderón", "name": "Inés Calderón",
            "residentPermitNumber": "90000000004711", "countryOfBirth": "Portugal",
            "citizenships": ["Portugal"], "dateOfBirth": "1988-11-02", "sex": "F",
            "address": {
                "country": "Honduras", "line1": "Main Street 9", "line2": null,
                "city": "Roatán", "state": null, "postalCode": "34101",
            },
            "phoneNumber": "+504 5555 0100",
        })
    );
    assert_eq!(
        ines.residency["activeResidency"]["effectiveDate"],
        "2025-06-01T00:00:00.000Z"
    );
    assert_eq!(
        ines.documents["data"][0]["fileUrl"],
        "sandbox:privacy-policy.pdf"
    );
    let entity = &ines.legal_entities[0].entity;
    assert_eq!(entity["formationDate"], "2025-09-10");
    assert!(entity.get("dissolutionDate").is_none() && entity.get("createdAt").is_none());
    let filing = &ines.tax.filings[0];
    assert!(filing["period"]["quarter"].is_null() && filing["usdEquivalent"].is_null());
    assert_eq!(filing["reported"]["taxWithheld"], Value::Null);

    assert!(kofi.natural_person.is_null() && kofi.legal_entities.is_empty());
    assert_eq!(
        kofi.residency,
        json!({ "wasEverResident": false, "activeResidency": null })
    );
    assert_eq!(kofi.id_verification["documents"]["face"], Value::Null);
    assert_eq!(
        kofi.documents,
        json!({ "data": [], "agreementOfCoexistence": null })
    );
    assert_eq!(kofi.email, "kofi@mail.example");
}

/// These go beyond what the portal documents, on purpose.
const BEYOND: [&str; 2] = ["newer", "hostile"];

#[test]
fn the_built_in_people_could_stand_in_a_file_but_for_those_who_go_beyond() {
    let mut refused = Vec::new();
    for text in crate::people::persona::BUILT_IN {
        let built_in: Value = serde_json::from_str(text).unwrap();
        let file = json!({ "personas": [built_in] }).to_string();
        let expected = Persona::parse(text).unwrap();
        match read_people("people", &file) {
            Ok(read) => assert_eq!(format!("{:#?}", read[0]), format!("{expected:#?}")),
            Err(_) => refused.push(expected.id),
        }
    }
    assert_eq!(refused, BEYOND);
}

#[test]
fn a_sub_is_stable_and_a_persons_own() {
    let text = r#"{"personas": [{"id": "a", "name": "A"}, {"id": "b", "name": "B"}]}"#;
    let people = read_people("people.json", text).unwrap();
    let again = read_people("people.json", text).unwrap();
    assert_eq!(people[0].sub, again[0].sub);
    assert_ne!(people[0].sub, people[1].sub);
    assert_eq!(people[0].sub, "ca978112-ca1b-8dca-bac2-31b39a23dc4d");
    let own = one(&with(&json!({ "sub": "user-7" })));
    assert_eq!(own.sub, "user-7");
}

#[test]
fn absent_and_null_are_kept_apart_where_both_are_documented() {
    let document = |more: &Value| {
        let mut document = json!({
            "id": "6b0a2c34-1d7e-4f8b-9c10-77aa55ee3311", "name": "X", "fileUrl": null,
        });
        for (name, value) in more.as_object().unwrap() {
            document[name] = value.clone();
        }
        let person = one(&with(&json!({ "documents": { "data": [document] } })));
        (document, person.documents["data"][0].clone())
    };
    for more in [
        json!({}),
        json!({ "slug": null, "version": null }),
        json!({ "slug": "x", "version": 2 }),
        json!({ "version": 2.5, "createdAt": "2025-06-01T09:00:00.000Z" }),
    ] {
        let (given, read) = document(&more);
        assert_eq!(given, read);
    }
}

#[test]
fn filings_are_put_in_the_portals_order() {
    let filing = |id: char, submitted: &str| {
        json!({
            "id": format!("91d0f6c2-0b1a-4c3d-8e4f-5a6b7c8d9e0{id}"),
            "subject": {
                "type": "natural_person", "id": "4d0c6a52-6a0e-4b7e-9b11-2f1d3c5e7a90",
                "name": "Ines", "residentPermitNumber": null,
            },
            "type": "vat", "period": { "year": 2026, "quarter": 1 },
            "submittedAt": submitted, "currency": "usd",
        })
    };
    let person = one(&with(&json!({ "tax": { "filings": [
        filing('1', "2025-03-01T00:00:00Z"),
        filing('2', "2026-03-01T00:00:00Z"),
    ] } })));
    let submitted = |index: usize| person.tax.filings[index]["submittedAt"].clone();
    assert_eq!(submitted(0), "2026-03-01T00:00:00.000Z");
    assert_eq!(submitted(1), "2025-03-01T00:00:00.000Z");
}

#[test]
fn what_is_wrong_in_toml_has_its_place() {
    let head = "[[personas]]\nid = \"ines\"\nname = \"Inés\"\n";
    for (rest, expected) in [
        (
            "emial = \"x@y.example\"",
            "4:1: unknown field `emial`; did you mean `email`?",
        ),
        (
            "email = 5",
            "4:9: `email` must be an e-mail address, such as `ines@mail.example`, not `5`",
        ),
        (
            "[personas.natural_person]\ngivenName = \"I\"",
            "4:1: missing field `surname`",
        ),
        (
            "[personas.natural_person]\nsex = \"W\"",
            "5:7: `sex` must be one of `M`, `F`, `Male`, `Female`, `Other`, not `W`",
        ),
        (
            "[personas.residency]\nwasEverResident = true\nactiveResidency = { effectiveDate = 2025-06-01 }",
            "6:37: `effectiveDate` must be a time in UTC, such as `2026-02-03T00:00:00.000Z`, not \"2025-06-01\"",
        ),
        (
            "[personas.id_verification.documents]\nface = \"https://files.example/x.jpg\"",
            "5:8: `face` must be a file of the sandbox, written `sandbox:NAME`, not \
             \"https://files.example/x.jpg\"",
        ),
        ("id = \"twice\"", "4:1: duplicate key"),
        ("description = 'x", "4:"),
    ] {
        let said = refusal(&format!("{head}{rest}\n"));
        assert!(said.starts_with(expected), "{said}");
    }
    assert!(refusal("").starts_with("1:1: missing field `personas`"));
    assert!(refusal("personas = []").contains("the list of personas is empty"));
}

#[test]
fn each_type_in_a_file_of_people_is_named_in_words() {
    let head = "[[personas]]\nid = \"ines\"\nname = \"Inés\"\n";
    for (rest, expected) in [
        (
            "description = 2026-01-02",
            "4:15: `description` must be a string, not a date without quotes",
        ),
        (
            "email_verified = \"yes\"",
            "4:18: `email_verified` must be `true` or `false`, not \"yes\"",
        ),
        (
            "residency = []",
            "4:13: `residency` must be a table, not a list",
        ),
        (
            "residency = \"none\"",
            "4:13: `residency` must be a table, not \"none\"",
        ),
        ("tax = []", "4:7: `tax` must be a table, not a list"),
        (
            "legal_entities = {}",
            "4:18: `legal_entities` must be a list, not a table",
        ),
        (
            "legal_entities = [1]",
            "4:19: each entry of `legal_entities` must be a table, not `1`",
        ),
        (
            "[personas.natural_person]\ngivenName = \"I\"\nsurname = \"P\"\nname = \"I P\"\ncitizenships = [1]",
            "8:17: each entry of `citizenships` must be a string, not `1`",
        ),
        (
            "[personas.natural_person]\nsex = 1",
            "5:7: `sex` must be a string",
        ),
        (
            "[personas.id_verification]\nstatus = \"done\"",
            "5:10: `status` must be `approved`, not `done`",
        ),
        (
            "[personas.documents]\ndata = [{ id = \"3b0f7a52-91c4-4d7e-a6b5-0c2d8e4f1a63\", name = \"A\", version = true }]",
            "5:78: `version` must be a string or a number, not `true`",
        ),
        (
            "[[personas.tax.filings]]\nperiod = { year = 70000 }",
            "5:19: `year` must be a number from 0 to 65535, not `70000`",
        ),
        (
            "[[personas.tax.filings]]\nperiod = { year = 2026, quarter = \"Q1\" }",
            "5:35: `quarter` must be a whole number that is not negative, not \"Q1\"",
        ),
        (
            "[[personas.tax.filings]]\nperiod = { year = 2026, quarter = 5 }",
            "5:35: a quarter is a number from 1 to 4",
        ),
    ] {
        let said = refusal(&format!("{head}{rest}\n"));
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn what_is_wrong_in_json_has_its_place() {
    for (text, expected) in [
        ("{", "1:1: the file ends inside an object"),
        ("{\"personas\": [], }", "1:18: trailing comma"),
        (
            "{\"personas\": [\n  {\"id\": \"a\", \"nmae\": \"A\"}\n]}",
            "2:15: unknown field `nmae`; did you mean `name`?",
        ),
        (
            "{\"personas\": [\n  {\"id\": \"a\"}\n]}",
            "2:13: missing field `name`",
        ),
        (
            "{\"personas\": [\n  {\"id\": \"a b\", \"name\": \"A\"}]}",
            "2:10: `id` must be an id of letters, digits, `-`, `_` and `.`, not \"a b\"",
        ),
        (
            "{\"personas\": [\n  {\"id\": \"a\", \"name\": {\"x\": 1}}]}",
            "2:23: `name` must be a string that is not empty, not an object",
        ),
        (
            "{\"personas\": 1}",
            "1:14: `personas` must be a list, not `1`",
        ),
        (
            "{\"personas\": [1]}",
            "1:15: each entry of `personas` must be an object, not `1`",
        ),
        (
            "{\"personas\": [{\"id\": \"a\", \"name\": \"A\", \"email_verified\": null, \"description\": null}]}",
            "1:79: `description` must be a string, not null",
        ),
        (
            "{\"personas\": [{\"id\": \"a\", \"name\": \"A\", \"natural_person\": {\"sex\": 1}}]}",
            "1:66: `sex` must be a string",
        ),
        (
            "{\"personas\": [tru]}",
            "1:18: expected `true`, `false` or `null`",
        ),
        ("{\"personas\": [,]}", "1:15: expected a value"),
    ] {
        let said = refusal(text);
        assert!(said.starts_with(expected), "{said}");
    }
}

#[test]
fn whatever_must_be_unique_is() {
    let toml = "[[personas]]\nid = \"a\"\nname = \"A\"\n\n[[personas]]\nid = \"a\"\nname = \"B\"\n";
    assert!(refusal(toml).starts_with("5:1: the id `a` is used twice"));
    let json = "{\"personas\": [\n  {\"id\": \"a\", \"name\": \"A\"},\n  {\"id\": \"a\", \"name\": \"B\"}\n]}";
    assert!(refusal(json).starts_with("3:3: the id `a` is used twice"));
    let subs = "[[personas]]\nid = \"a\"\nname = \"A\"\nsub = \"s\"\n\n[[personas]]\nid = \"b\"\nname = \"B\"\nsub = \"s\"\n";
    assert!(refusal(subs).starts_with("6:1: the sub `s` is used twice"));
    let entity = json!({ "entity": {
        "id": "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44", "optionId": "llc", "type": "LLC",
        "name": "Mango Harbor", "extension": "LLC",
    } });
    let twice = with(&json!({ "legal_entities": [entity, entity] }));
    assert!(refusal(&twice).contains("`ines` has the entity `0f3d7c1e-"));
}

#[test]
fn people_of_a_file_come_first_and_take_the_place_of_a_built_in_one() {
    let mut options = Options::default();
    let text = "[[personas]]\nid = \"ines\"\nname = \"Inés\"\n[[personas]]\nid = \"former\"\nname = \"Kofi\"\n";
    options.invite(read_people("people.toml", text).unwrap());
    let ids: Vec<_> = options
        .personas
        .iter()
        .map(|each| each.id.as_str())
        .collect();
    assert_eq!(
        ids[..5],
        ["ines", "former", "resident", "e-resident", "no-profile"]
    );
    assert_eq!(options.personas[1].name, "Kofi");
}
