//! The built-in personas have the portal's shapes (docs/portal.md, Natural person to Tax).

use serde_json::Value;

use super::super::Persona;

fn keys(value: &Value) -> String {
    let mut keys: Vec<_> = value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys.join(" ")
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

fn is_permit(value: &Value, first: char) -> bool {
    let text = value.as_str().unwrap_or_default();
    text.len() == 14 && text.starts_with(first) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn persona(id: &str) -> Persona {
    Persona::built_in()
        .into_iter()
        .find(|persona| persona.id == id)
        .unwrap()
}

#[test]
fn the_four_personas_cover_the_documented_states() {
    let ids: Vec<_> = Persona::built_in()
        .into_iter()
        .map(|persona| persona.id)
        .collect();
    assert_eq!(ids, ["resident", "e-resident", "no-profile", "former"]);
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
    for persona in Persona::built_in() {
        assert!(is_uuid(&persona.sub.as_str().into()));
        assert!(persona.email.ends_with("@mail.example"));
        let person = &persona.natural_person;
        if !person.is_null() {
            assert_eq!(
                keys(person),
                "address citizenships countryOfBirth dateOfBirth givenName name phoneNumber \
                 residentPermitNumber sex surname"
            );
            let permit = &person["residentPermitNumber"];
            assert!(permit.is_null() || is_permit(permit, '9'));
            assert!(person["dateOfBirth"].is_null() || is_moment(&person["dateOfBirth"]));
            if !person["address"].is_null() {
                let expected = "city country line1 line2 postalCode state";
                assert_eq!(keys(&person["address"]), expected);
            }
        }
        assert_eq!(keys(&persona.residency), "activeResidency wasEverResident");
        let active = &persona.residency["activeResidency"];
        if !active.is_null() {
            assert_eq!(
                keys(active),
                "effectiveDate residencyType terminationDate version"
            );
            assert!(is_moment(&active["effectiveDate"]));
        }
    }
}

#[test]
fn identity_checks_and_documents_have_every_documented_key() {
    for persona in Persona::built_in() {
        let check = &persona.id_verification;
        assert_eq!(keys(check), "date documentType documents id status type");
        assert_eq!(keys(&check["documents"]), "documentBack documentFront face");
        assert!(check["id"].is_null() || (is_uuid(&check["id"]) && is_moment(&check["date"])));
        assert_eq!(keys(&persona.documents), "agreementOfCoexistence data");
        for document in persona.documents["data"].as_array().unwrap() {
            assert_eq!(keys(document), "createdAt fileUrl id name slug version");
        }
        let agreement = &persona.documents["agreementOfCoexistence"];
        if !agreement.is_null() {
            assert_eq!(
                keys(agreement),
                "aocId effectiveDate residencyType signedDocumentId signedDocumentUrl slug \
                 templatePdfUrl terminationDate version"
            );
        }
    }
}

#[test]
fn entities_and_filings_have_every_documented_key() {
    for persona in Persona::built_in() {
        for entity in &persona.legal_entities {
            assert_eq!(
                keys(&entity.entity),
                "createdAt dissolutionDate extension formationDate id name \
                 nameStartsWithExtension optionId principalOfficeAddress registrationDate \
                 residentPermitNumber type"
            );
            let permit = &entity.entity["residentPermitNumber"];
            assert!(is_uuid(&entity.entity["id"]));
            assert!(permit.is_null() || is_permit(permit, '8'));
        }
        for subject in &persona.tax.subjects {
            assert_eq!(keys(subject), "lumpSumElections obligations subject");
        }
        for filing in &persona.tax.filings {
            assert_eq!(
                keys(filing),
                "accountingMethod amended availableDocuments currency exchangeRate id invoice \
                 period reported subject submittedAt taxLiability type usdEquivalent"
            );
            assert!(is_uuid(&filing["id"]) && is_moment(&filing["submittedAt"]));
            assert!(filing["taxLiability"].is_string());
            assert_eq!(
                keys(&filing["subject"]),
                "id name residentPermitNumber type"
            );
        }
    }
}

#[test]
fn a_persona_with_an_unknown_field_is_refused() {
    assert!(Persona::parse("{\"id\": \"x\", \"shoe_size\": 42}").is_err());
}
