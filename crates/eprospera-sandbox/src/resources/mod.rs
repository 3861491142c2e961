//! `/api/v1/me`: what people may read about themselves and their legal entities.

pub(crate) mod agent_key;
pub(crate) mod caller;
pub(crate) mod documents;
pub(crate) mod legal_entities;
pub(crate) mod natural_person;
pub(crate) mod tax;
pub(crate) mod tax_document;
pub(crate) mod tax_query;
