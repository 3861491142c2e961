//! What kind of file an answer is: by what its host calls it and by how it begins, which must
//! agree (docs/portal.md, "Downloads").
//!
//! A page that stands in for a document, such as that of a captive portal or an error of the
//! host, is never taken for one.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Content {
    /// Any kind of file: PDF today.
    Document,
    /// A picture: JPEG today.
    Picture,
    /// A PDF and nothing else.
    Pdf,
}

/// Media types with the extension of their files. Not complete: others are kept as `bin`.
const KNOWN: [(&str, &str); 14] = [
    ("application/pdf", "pdf"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("image/gif", "gif"),
    ("image/tiff", "tiff"),
    ("image/heic", "heic"),
    ("image/heif", "heif"),
    ("application/zip", "zip"),
    ("application/msword", "doc"),
    (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
    ),
    (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
    ),
    ("text/plain", "txt"),
    ("text/csv", "csv"),
];

/// Types that say nothing: a host that was not told better uses them.
const UNSAID: [&str; 3] = ["", "application/octet-stream", "binary/octet-stream"];

/// How files begin.
const BEGINNINGS: [(&[u8], &str); 7] = [
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"PK\x03\x04", "application/zip"),
];

/// Enough to tell how a file begins.
pub(super) const MAGIC_LENGTH: usize = 64;

const ANY: &str = "bin";

/// The extensions that [`extension`] gives.
pub(super) fn extensions() -> Vec<&'static str> {
    let known = KNOWN.iter().map(|(_, extension)| *extension);
    known.chain(["jpeg", ANY]).collect()
}

/// The extension of a file, by its media type and its first bytes; nothing when it is not what it
/// was expected to be.
pub(super) fn extension(
    expected: Content,
    media_type: &str,
    beginning: &[u8],
) -> Option<&'static str> {
    let media_type = if UNSAID.contains(&media_type) {
        by_beginning(beginning)?
    } else {
        media_type
    };
    if !agrees(media_type, beginning) {
        return None;
    }
    let fits = match expected {
        Content::Document => !is_page(media_type),
        Content::Picture => media_type.starts_with("image/") && !is_page(media_type),
        Content::Pdf => media_type == "application/pdf",
    };
    let known = KNOWN.iter().find(|(known, _)| *known == media_type);
    fits.then(|| known.map_or(ANY, |(_, extension)| extension))
}

/// Whether a file of this type can begin so, as far as that is known here.
fn agrees(media_type: &str, beginning: &[u8]) -> bool {
    let mut marks = BEGINNINGS
        .iter()
        .filter(|(_, known)| *known == media_type)
        .map(|(mark, _)| *mark)
        .peekable();
    marks.peek().is_none()
        || marks.any(|mark| match media_type {
            // Some writers of PDF put a few bytes before it.
            "application/pdf" => beginning.windows(mark.len()).any(|bytes| bytes == mark),
            _ => beginning.starts_with(mark),
        })
}

/// What a host sends in place of a document.
fn is_page(media_type: &str) -> bool {
    [
        "text/html",
        "text/xml",
        "application/xml",
        "application/json",
    ]
    .contains(&media_type)
        || media_type.ends_with("+xml")
        || media_type.ends_with("+json")
}

/// The media type of what begins like this; nothing for a page.
fn by_beginning(beginning: &[u8]) -> Option<&'static str> {
    let known = BEGINNINGS
        .iter()
        .find(|(known, _)| beginning.starts_with(known));
    if let Some((_, media_type)) = known {
        return Some(media_type);
    }
    if beginning.starts_with(b"RIFF") && beginning.get(8..12) == Some(b"WEBP") {
        return Some("image/webp");
    }
    let first = beginning.trim_ascii_start().first();
    (!matches!(first, Some(b'<' | b'{' | b'[')) && !beginning.is_empty())
        .then_some("application/x-unknown")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_type_decides_and_where_it_says_nothing_the_beginning_does() {
        use Content::Document;
        for (expected, media_type, beginning, extension) in [
            (Document, "application/pdf", &b"%PDF-1.7"[..], Some("pdf")),
            (
                Document,
                "application/pdf",
                b"\xef\xbb\xbf%PDF-1.7",
                Some("pdf"),
            ),
            (Document, "application/pdf", b"no PDF", None),
            (Document, "image/jpeg", b"\xff\xd8\xff", Some("jpg")),
            (Document, "image/jpeg", b"%PDF-1.7", None),
            (Document, "image/tiff", b"MM\0*", Some("tiff")),
            (Document, "application/x-new", b"", Some("bin")),
            (Document, "text/plain", b"words", Some("txt")),
            (Document, "text/html", b"%PDF-1.7", None),
            (Document, "application/xml", b"<Error/>", None),
            (Document, "application/json", b"{}", None),
            (Document, "application/problem+json", b"{}", None),
            (Document, "image/svg+xml", b"<svg/>", None),
            (Document, "", b"%PDF-1.7", Some("pdf")),
            (
                Document,
                "application/octet-stream",
                b"%PDF-1.7",
                Some("pdf"),
            ),
            (
                Document,
                "binary/octet-stream",
                b"\xff\xd8\xff\xe0",
                Some("jpg"),
            ),
            (Document, "", b"RIFF\0\0\0\0WEBPVP8 ", Some("webp")),
            (Document, "", b"anything else", Some("bin")),
            (Document, "", b"<!doctype html>", None),
            (Document, "application/octet-stream", b" \n<html>", None),
            (Document, "", b"{\"error\":\"x\"}", None),
            (Document, "", b"", None),
        ] {
            assert_eq!(
                super::extension(expected, media_type, beginning),
                extension,
                "{expected:?} {media_type} {beginning:?}"
            );
        }
    }

    #[test]
    fn a_picture_is_a_picture_and_a_pdf_a_pdf() {
        use Content::{Pdf, Picture};
        for (expected, media_type, beginning, extension) in [
            (Picture, "image/jpeg", &b"\xff\xd8\xff"[..], Some("jpg")),
            (Picture, "image/avif", b"", Some("bin")),
            (Picture, "image/svg+xml", b"", None),
            (Picture, "application/pdf", b"", None),
            (
                Picture,
                "application/octet-stream",
                b"\x89PNG\r\n\x1a\n",
                Some("png"),
            ),
            (Picture, "application/octet-stream", b"words", None),
            (Pdf, "application/pdf", b"%PDF-1.7", Some("pdf")),
            (Pdf, "application/octet-stream", b"%PDF-1.4", Some("pdf")),
            (Pdf, "image/jpeg", b"", None),
            (Pdf, "application/json", b"{}", None),
        ] {
            let found = super::extension(expected, media_type, beginning);
            assert_eq!(found, extension, "{media_type} {beginning:?}");
        }
    }
}
