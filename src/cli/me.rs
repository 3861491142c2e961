//! The commands of the group `me`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum};

/// What the portal tells about the signed-in person.
#[derive(Debug, Subcommand)]
pub enum MeCommand {
    /// Legal name, permit number, birth, citizenships, address
    #[command(
        alias = "profile",
        after_long_help = "Needs the scope eprospera:person.details.read"
    )]
    NaturalPerson,
    /// Whether you are a resident, of which kind, and since when
    #[command(after_long_help = "Needs the scope eprospera:person.residency.read")]
    Residency,
    /// How your identity was verified, and with which document
    #[command(after_long_help = "Needs the scope eprospera:person.id_verification.read")]
    IdVerification(DownloadArgs),
    /// Your documents, and the Agreement of Coexistence
    #[command(after_long_help = "Needs the scope eprospera:person.documents.read")]
    Documents(DownloadArgs),
    /// The legal entities that you shared at sign-in, or one of them
    LegalEntities(LegalEntitiesArgs),
    /// Tax obligations, elections and filings
    #[command(
        subcommand,
        after_long_help = "\
Needs the scope eprospera:person.tax.read for what is yours, eprospera:entity.tax.read for entities"
    )]
    Tax(TaxCommand),
}

/// Where files go.
#[derive(Args, Debug)]
pub struct DownloadArgs {
    /// Download the files to this folder, and print the list of them
    #[arg(long, value_name = "DIR")]
    pub download: Option<PathBuf>,
    /// Replace files that are there already
    #[arg(long, requires = "download")]
    pub force: bool,
}

/// The legal entities that you shared at sign-in, or one of them
#[derive(Args, Debug)]
#[command(after_long_help = "\
An entity is listed when it was shared at sign-in and you still represent it. Needs the scope
eprospera:entity.read, and for documents eprospera:entity.documents.read.

Examples:
  $ eprospera me legal-entities
  $ eprospera me legal-entities 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44
  $ eprospera me legal-entities 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44 documents")]
pub struct LegalEntitiesArgs {
    /// Id of one entity
    #[arg(value_name = "ID", value_parser = entity_id)]
    pub id: Option<String>,
    /// What to show of the entity in place of its card
    #[arg(value_name = "PART", requires = "id")]
    pub part: Option<EntityPart>,
    /// Where its files go.
    #[command(flatten)]
    pub download: DownloadArgs,
}

/// What an entity has beside its card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EntityPart {
    /// Its documents
    Documents,
}

/// What the portal tells about taxes.
#[derive(Debug, Subcommand)]
pub enum TaxCommand {
    /// What is due, and which lump-sum elections there are
    Summary(TaxSummaryArgs),
    /// The filings that were submitted
    Filings(TaxFilingsArgs),
    /// One filing with its amounts
    Filing(TaxFilingArgs),
    /// Download a filing's assessment or return as PDF
    Download(TaxDownloadArgs),
}

/// What is due, and which lump-sum elections there are
#[derive(Args, Debug)]
#[command(after_long_help = "\
Without --subject it covers you and every entity that you shared and still represent, as far as the
scopes reach.

Examples:
  $ eprospera me tax summary
  $ eprospera me tax summary --subject personal")]
pub struct TaxSummaryArgs {
    /// `personal`, or the id of a legal entity
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    pub subject: Option<String>,
}

/// The filings that were submitted
#[derive(Args, Debug)]
#[command(after_long_help = "\
One page is shown, and where it goes on. --paginate follows the pages to the end with the same filters;
its JSON is one document of the same shape: {\"data\": [every filing], \"meta\": {\"nextCursor\": null}}.

Examples:
  $ eprospera me tax filings --year 2025
  $ eprospera me tax filings --subject personal --type income --paginate --json")]
pub struct TaxFilingsArgs {
    /// `personal`, or the id of a legal entity
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    pub subject: Option<String>,
    /// Which tax
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<TaxKind>,
    /// Year that the filing is about, from 2020
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2020..=9999))]
    pub year: Option<u16>,
    /// Most filings on a page, 1 to 100
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub limit: Option<u8>,
    /// Page to start with, as `nextCursor` of the page before says
    #[arg(long, value_name = "CURSOR", allow_hyphen_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub cursor: Option<String>,
    /// Follow the pages to the end
    #[arg(long)]
    pub paginate: bool,
}

/// Which tax a filing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TaxKind {
    /// Income tax
    Income,
    /// Value-added tax
    Vat,
}

/// One filing with its amounts
#[derive(Args, Debug)]
pub struct TaxFilingArgs {
    /// Id of the filing
    #[arg(value_name = "ID", value_parser = id)]
    pub id: String,
}

/// Download a filing's assessment or return as PDF
#[derive(Args, Debug)]
#[command(after_long_help = "\
Example:
  $ eprospera me tax download 7e6d5c4b-3a29-4817-9065-f4e3d2c1b0a9 --document assessment --history-years 3")]
pub struct TaxDownloadArgs {
    /// Id of the filing
    #[arg(value_name = "ID", value_parser = id)]
    pub id: String,
    /// Which document
    #[arg(long, value_name = "DOCUMENT")]
    pub document: TaxDocument,
    /// Years of history in an assessment, 1 to 5
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub history_years: Option<u8>,
    /// Folder that the file goes to
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub download: PathBuf,
    /// Replace a file that is there already
    #[arg(long)]
    pub force: bool,
}

/// A document of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TaxDocument {
    /// The assessment
    Assessment,
    /// The filed return
    Return,
}

impl TaxDownloadArgs {
    /// Whether the flags go together: history belongs to an assessment.
    pub fn is_consistent(&self) -> bool {
        self.history_years.is_none() || self.document == TaxDocument::Assessment
    }
}

/// A UUID, as the portal writes its ids.
fn id(text: &str) -> Result<String, String> {
    match text.parse::<uuid::fmt::Hyphenated>() {
        Ok(_) => Ok(text.to_owned()),
        Err(_) => Err("an id is a UUID such as 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44".to_owned()),
    }
}

fn entity_id(text: &str) -> Result<String, String> {
    id(text).map_err(|problem| {
        let hint = match text {
            "documents" => "write it before the word: `eprospera me legal-entities ID documents`",
            _ => "`eprospera me legal-entities` lists them",
        };
        format!("{problem}; {hint}")
    })
}

fn subject(text: &str) -> Result<String, String> {
    match text {
        "personal" => Ok(text.to_owned()),
        _ => {
            id(text).map_err(|_| "a subject is `personal` or the UUID of a legal entity".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_with_its_hyphens_and_nothing_else() {
        let good = "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44";
        for given in [
            good,
            &good.to_uppercase(),
            "00000000-0000-0000-0000-000000000000",
        ] {
            assert_eq!(id(given).unwrap(), given);
        }
        for given in [
            "",
            "1",
            "..",
            "../natural-person",
            "0f3d7c1e8f0c4a679a595f1d1d2c3b44",
            "{0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44}",
            "urn:uuid:0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44 ",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4é",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4g",
        ] {
            assert!(id(given).unwrap_err().contains("UUID"), "{given:?}");
        }
    }
}
