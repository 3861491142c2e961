//! The commands of the group `me`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand, ValueEnum, ValueHint};

/// Your own data.
#[derive(Debug, Subcommand)]
pub enum MeCommand {
    /// Show your legal name, permit number, citizenships and address
    ///
    /// Needs the scope eprospera:person.details.read.
    #[command(alias = "profile")]
    NaturalPerson,
    /// Show whether you are a resident, which kind, and since when
    ///
    /// Needs the scope eprospera:person.residency.read.
    Residency,
    /// Show how your identity was verified, and with which document
    ///
    /// Needs the scope eprospera:person.id_verification.read.
    IdVerification(DownloadArgs),
    /// List or download your documents
    ///
    /// Your Agreement of Coexistence is one of them.
    ///
    /// Needs the scope eprospera:person.documents.read.
    Documents(DownloadArgs),
    /// List your legal entities, or show one of them
    ///
    /// Lists the entities that you shared at sign-in and still represent.
    ///
    /// Needs the scope eprospera:entity.read, and for documents eprospera:entity.documents.read.
    LegalEntities(LegalEntitiesArgs),
    /// Show your tax obligations, elections and filings
    #[command(subcommand)]
    Tax(TaxCommand),
}

/// Where files go.
#[derive(Args, Debug)]
pub struct DownloadArgs {
    /// Download the files to this folder, and list them
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub download: Option<PathBuf>,
    /// Replace existing files
    #[arg(long, requires = "download", conflicts_with = "skip_existing")]
    pub force: bool,
    /// Skip files that already exist; a different file of the same name is still an error
    #[arg(long, requires = "download")]
    pub skip_existing: bool,
}

/// Arguments of `me legal-entities`.
#[derive(Args, Debug)]
pub struct LegalEntitiesArgs {
    /// ID of the entity to show
    #[arg(value_name = "ID", value_parser = entity_id)]
    pub id: Option<String>,
    /// Part of the entity to show instead of its summary
    #[arg(value_name = "PART", requires = "id")]
    pub part: Option<EntityPart>,
    /// Where its files go.
    #[command(flatten)]
    pub download: DownloadArgs,
}

/// What an entity has beside its summary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EntityPart {
    /// Its documents
    Documents,
}

/// Taxes.
#[derive(Debug, Subcommand)]
pub enum TaxCommand {
    /// Show what is due, and your lump-sum elections
    ///
    /// Covers you and every entity that you shared and still represent, as far as your scopes allow.
    ///
    /// Needs the scope eprospera:person.tax.read for your own taxes, eprospera:entity.tax.read for those of
    /// entities.
    Summary(TaxSummaryArgs),
    /// List the submitted filings
    ///
    /// Shows one page and how to get the next one. `--paginate` fetches all pages and prints them as one
    /// document of the same shape: {"data": [every filing], "meta": {"nextCursor": null}}.
    ///
    /// Needs the scope eprospera:person.tax.read for your own filings, eprospera:entity.tax.read for those
    /// of entities.
    Filings(TaxFilingsArgs),
    /// Show one filing with its amounts
    ///
    /// `eprospera me tax filings` lists the IDs.
    Filing(TaxFilingArgs),
    /// Download the assessment or the return of a filing as a PDF
    ///
    /// `eprospera me tax filings` lists the IDs.
    Download(TaxDownloadArgs),
}

/// Arguments of `me tax summary`.
#[derive(Args, Debug)]
pub struct TaxSummaryArgs {
    /// Show only one subject: `personal`, or the ID of a legal entity
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    pub subject: Option<String>,
}

/// Arguments of `me tax filings`.
#[derive(Args, Debug)]
pub struct TaxFilingsArgs {
    /// Show only one subject: `personal`, or the ID of a legal entity
    #[arg(long, value_name = "SUBJECT", value_parser = subject)]
    pub subject: Option<String>,
    /// Show only this tax
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<TaxKind>,
    /// Show only filings for this year, from 2020
    #[arg(long, value_name = "YEAR", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2020..=9999))]
    pub year: Option<u16>,
    /// Show at most this many filings per page, 1 to 100
    #[arg(long, value_name = "COUNT", allow_negative_numbers = true, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub limit: Option<u8>,
    /// Start at this page, given as the `nextCursor` of the previous one
    #[arg(long, value_name = "CURSOR", allow_hyphen_values = true, value_parser = NonEmptyStringValueParser::new())]
    pub cursor: Option<String>,
    /// Fetch all pages
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

/// Arguments of `me tax filing`.
#[derive(Args, Debug)]
pub struct TaxFilingArgs {
    /// ID of the filing
    #[arg(value_name = "ID", value_parser = id)]
    pub id: String,
}

/// Arguments of `me tax download`.
#[derive(Args, Debug)]
pub struct TaxDownloadArgs {
    /// ID of the filing
    #[arg(value_name = "ID", value_parser = id)]
    pub id: String,
    /// Choose the document
    #[arg(long, value_name = "DOCUMENT")]
    pub document: TaxDocument,
    /// Include this many years of history in an assessment, 1 to 5
    #[arg(long, value_name = "YEARS", value_parser = clap::value_parser!(u8).range(1..=5))]
    pub history_years: Option<u8>,
    /// Save the file in this folder
    #[arg(long, value_name = "DIR", default_value = ".", value_hint = ValueHint::DirPath)]
    pub download: PathBuf,
    /// Replace an existing file
    #[arg(long, conflicts_with = "skip_existing")]
    pub force: bool,
    /// Skip the download if the same file already exists; a different file of that name is still an error
    #[arg(long)]
    pub skip_existing: bool,
}

/// A document of a filing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TaxDocument {
    /// The assessment
    Assessment,
    /// The return as it was filed
    Return,
}

impl TaxDownloadArgs {
    /// Whether the flags go together: history belongs to an assessment.
    pub fn is_consistent(&self) -> bool {
        self.history_years.is_none() || self.document == TaxDocument::Assessment
    }
}

/// The fewest characters that are taken as the beginning of an id.
const SHORTEST_ID: usize = 4;

/// A UUID, as the portal writes its ids, or its first characters, as tables show it.
fn id(text: &str) -> Result<String, String> {
    const PATTERN: &str = "00000000-0000-4000-8000-000000000000";
    let rest = PATTERN.get(text.len()..);
    let completed = rest.map(|rest| format!("{text}{rest}"));
    let is_id = completed.is_some_and(|id| id.parse::<uuid::fmt::Hyphenated>().is_ok());
    if is_id && text.len() >= SHORTEST_ID {
        return Ok(text.to_owned());
    }
    Err(format!(
        "an id is a UUID such as 0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44, or its first characters \
         (at least {SHORTEST_ID})"
    ))
}

fn entity_id(text: &str) -> Result<String, String> {
    id(text).map_err(|problem| {
        let hint = match text {
            "documents" => {
                "put the ID before `documents`: `eprospera me legal-entities ID documents`"
            }
            _ => "`eprospera me legal-entities` lists them",
        };
        format!("{problem}; {hint}")
    })
}

fn subject(text: &str) -> Result<String, String> {
    match text {
        "personal" => Ok(text.to_owned()),
        _ => id(text).map_err(|_| {
            "a subject is `personal` or the UUID of a legal entity, or its first characters"
                .to_owned()
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_uuid_with_its_hyphens_or_its_beginning_and_nothing_else() {
        let good = "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44";
        for given in [
            good,
            &good.to_uppercase(),
            "00000000-0000-0000-0000-000000000000",
            "0f3d",
            "0f3d7c1e",
            "0f3d7c1e-",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4",
        ] {
            assert_eq!(id(given).unwrap(), given);
        }
        for given in [
            "",
            "1",
            "0f3",
            "0f3d7c1-",
            "é0f3d",
            "..",
            "../natural-person",
            "0f3d7c1e8f0c4a679a595f1d1d2c3b44",
            "{0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44}",
            "urn:uuid:0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b44 ",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4é",
            "0f3d7c1e-8f0c-4a67-9a59-5f1d1d2c3b4g",
        ] {
            assert!(id(given).unwrap_err().contains("UUID"), "{given:?}");
        }
    }
}
