//! What is in a file: a small real PDF or JPEG, or one of any size that is never in memory as a
//! whole.
//!
//! The same persona, name and edition give the same bytes, so that a download can go on where it
//! broke off.

use std::convert::Infallible;
use std::ops::Range;

use axum::body::{Body, Bytes};
use futures_util::stream;
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::files::pdf::{self, Sheet};
use crate::files::picture;
use crate::files::signed_url::Target;
use crate::people::persona::{Entity, Persona};

/// Filler is made in blocks; each begins with its own offset, so that a piece in the wrong place
/// shows.
const BLOCK_BYTES: usize = 64 * 1024;
const LINE: &[u8; 64] = b"% filler of the eprospera sandbox, nothing to be read in here .\n";

pub(crate) struct FileContent {
    pub(crate) kind: &'static str,
    /// Its entity tag, quotes included.
    pub(crate) tag: String,
    pub(crate) size: u64,
    head: Bytes,
    tail: Bytes,
}

impl FileContent {
    /// Makes the file of a persona. Another edition has the same name and other bytes.
    pub(crate) fn make(persona: &Persona, target: &Target, edition: u64) -> Self {
        let lower = target.name.to_ascii_lowercase();
        let ending = lower.rsplit('.').next();
        let is_picture = matches!(ending, Some("jpg" | "jpeg"));
        let (kind, head) = if is_picture {
            ("image/jpeg", picture::drawn(&persona.id, &lower, edition))
        } else {
            let sheet = described(persona, target, edition);
            ("application/pdf", pdf::document(&persona.id, &[sheet]))
        };
        let tail = if is_picture {
            Vec::new()
        } else {
            pointer_to_contents(&head)
        };
        let small = Self {
            kind,
            tag: tag(target, edition),
            size: head.len() as u64,
            head: head.into(),
            tail: Bytes::new(),
        };
        let least = small.size + tail.len() as u64;
        match target.size {
            None => small,
            Some(size) if size < least => Self {
                size,
                head: Bytes::new(),
                ..small
            },
            Some(size) => Self {
                size,
                tail: tail.into(),
                ..small
            },
        }
    }

    /// Some of its bytes, made as they are sent; their number is for a header.
    pub(crate) fn body(self, range: Range<u64>) -> Body {
        let mut left = range;
        let pieces = std::iter::from_fn(move || {
            let piece = (!left.is_empty()).then(|| self.piece(left.start, left.end))?;
            left.start += piece.len() as u64;
            Some(Ok::<_, Infallible>(piece))
        });
        Body::from_stream(stream::iter(pieces))
    }

    /// The next bytes from an offset on, a block at most.
    fn piece(&self, from: u64, end: u64) -> Bytes {
        let head = self.head.len() as u64;
        let tail = self.size - self.tail.len() as u64;
        if from < head {
            return part(&self.head, from, end.min(head));
        }
        if from >= tail {
            return part(&self.tail, from - tail, end - tail);
        }
        let block = BLOCK_BYTES as u64;
        let start = from - from % block;
        let filler = filler(start);
        let end = end.min(tail).min(start.saturating_add(block));
        part(&filler, from - start, end - start)
    }
}

fn part(bytes: &Bytes, from: u64, end: u64) -> Bytes {
    let index = |offset: u64| {
        usize::try_from(offset)
            .unwrap_or(usize::MAX)
            .min(bytes.len())
    };
    bytes.slice(index(from)..index(end))
}

/// Lines that are comments to a PDF reader.
fn filler(offset: u64) -> Bytes {
    let mut block = LINE.repeat(BLOCK_BYTES / LINE.len());
    let mark = format!("% {offset:020} ");
    if let Some(start) = block.get_mut(..mark.len()) {
        start.copy_from_slice(mark.as_bytes());
    }
    block.into()
}

/// The end of a PDF again, so that a reader finds the contents from behind the filler.
fn pointer_to_contents(pdf: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(pdf);
    let end = text.rfind("startxref").and_then(|at| text.get(at..));
    format!("\n{}\n", end.unwrap_or_default()).into_bytes()
}

fn tag(target: &Target, edition: u64) -> String {
    let name = format!("{} {} {edition}", target.persona, target.reference());
    let digest = Bytes::copy_from_slice(&Sha256::digest(name.as_bytes()));
    format!("\"{digest:x}\"")
}

/// The page of a document: what it is called, and whose it is.
fn described(persona: &Persona, target: &Target, edition: u64) -> Sheet {
    let mut lines = vec![format!("Person: {}", persona.name)];
    let (document, entity) = named(persona, &target.reference()).unzip();
    if let Some(Some(entity)) = entity {
        lines.push(format!("Legal entity: {}", entity.display_name()));
    }
    let field = |name: &str| document.and_then(|document| document[name].as_str());
    for (label, name) in [("Version", "version"), ("Made", "createdAt")] {
        lines.extend(field(name).map(|text| format!("{label}: {text}")));
    }
    lines.push(format!("File: {}", target.name));
    if edition > 0 {
        lines.push(format!("Edition: {edition}"));
    }
    let title = field("name").unwrap_or(&target.name).to_owned();
    Sheet { title, lines }
}

/// The first document of a persona with a file, and the entity whose it is.
fn named<'a>(persona: &'a Persona, reference: &str) -> Option<(&'a Value, Option<&'a Entity>)> {
    let of_person = persona.documents["data"].as_array().into_iter().flatten();
    let of_entities = persona.legal_entities.iter().flat_map(|entity| {
        let documents = entity.documents.iter();
        documents.map(move |document| (document, Some(entity)))
    });
    of_person
        .map(|document| (document, None))
        .chain(of_entities)
        .find(|(document, _)| document["fileUrl"] == *reference)
}
