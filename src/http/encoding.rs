//! Content codings (RFC 9110 §8.4). None is asked for; gzip and deflate are undone all the same, since
//! some servers and proxies send them unasked, and some announce gzip for a body that is plain.
//!
//! It knows nothing of what the bytes say. Limits count decoded bytes, so a small answer cannot become a large one.

use std::borrow::Cow;
use std::io::Read;

use flate2::read::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use zeroize::Zeroize as _;

/// The most codings that are undone one after the other.
const MOST_CODINGS: usize = 4;
/// How a body in gzip begins (RFC 1952 §2.3.1).
const GZIP: [u8; 2] = [0x1f, 0x8b];
/// The longest name of a coding that is repeated, in characters.
const LONGEST_NAME: usize = 40;

/// Why a body cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum UnreadableEncoding {
    TooLarge,
    Encoded(String),
}

/// The body without its codings.
pub(super) fn decode(
    headers: &HeaderMap,
    body: Vec<u8>,
    limit: usize,
) -> Result<Vec<u8>, UnreadableEncoding> {
    let codings = codings(headers);
    // The answer to HEAD and many a 304 have a coding and no body.
    if codings.is_empty() || body.is_empty() {
        return Ok(body);
    }
    let unknown = codings.iter().find(|coding| !is_known(coding));
    if let Some(name) = unknown {
        return Err(UnreadableEncoding::Encoded(format!(
            "compressed with {name}, which was not requested and cannot be read"
        )));
    }
    if codings.len() > MOST_CODINGS {
        return Err(UnreadableEncoding::Encoded(
            "compressed too many times".to_owned(),
        ));
    }
    let mut body = body;
    for coding in codings.iter().rev() {
        if is_gzip(coding) && !body.starts_with(&GZIP) {
            continue;
        }
        let mut compressed = std::mem::take(&mut body);
        let decoded = decompress(coding, &compressed, limit);
        // The bytes of an answer may hold tokens.
        compressed.zeroize();
        body = decoded?;
    }
    Ok(body)
}

/// As much of a body without its codings as can be told from its beginning; what cannot be undone
/// is left as it is.
pub(super) fn beginning<'a>(headers: &HeaderMap, body: &'a [u8], limit: usize) -> Cow<'a, [u8]> {
    let codings = codings(headers);
    let [coding] = &codings[..] else {
        return Cow::Borrowed(body);
    };
    if !is_known(coding) || (is_gzip(coding) && !body.starts_with(&GZIP)) {
        return Cow::Borrowed(body);
    }
    let mut decoded = Vec::new();
    let mut reader = reader(coding, body).take(limit as u64);
    // It ends with an error, as the end is not here yet.
    drop(reader.read_to_end(&mut decoded));
    Cow::Owned(decoded)
}

fn reader<'a>(coding: &str, compressed: &'a [u8]) -> Box<dyn Read + 'a> {
    if is_gzip(coding) {
        return Box::new(MultiGzDecoder::new(compressed));
    }
    // RFC 9110 §8.4.1.2: zlib is meant, and some send what is inside without its head (RFC 1950 §2.2).
    let has_head = matches!(compressed, [head, flags, ..]
        if head & 0x0f == 8 && (u16::from(*head) << 8 | u16::from(*flags)) % 31 == 0);
    if has_head {
        Box::new(ZlibDecoder::new(compressed))
    } else {
        Box::new(DeflateDecoder::new(compressed))
    }
}

fn decompress(
    coding: &str,
    compressed: &[u8],
    limit: usize,
) -> Result<Vec<u8>, UnreadableEncoding> {
    let mut body = Vec::new();
    // One byte more than allowed tells a body that is too long from one that just fits.
    let mut reader = reader(coding, compressed).take(limit as u64 + 1);
    let read = reader.read_to_end(&mut body);
    let problem = match read {
        Ok(_) if body.len() <= limit => return Ok(body),
        Ok(_) => UnreadableEncoding::TooLarge,
        Err(error) => {
            UnreadableEncoding::Encoded(format!("compressed with {coding}, but damaged: {error}"))
        }
    };
    body.zeroize();
    Err(problem)
}

/// The names of the codings in the order in which they were applied, in lower case and fit to be shown.
fn codings(headers: &HeaderMap) -> Vec<String> {
    let values = headers.get_all(CONTENT_ENCODING).into_iter();
    let texts: Vec<_> = values
        .map(|value| String::from_utf8_lossy(value.as_bytes()).to_ascii_lowercase())
        .collect();
    let names = texts.iter().flat_map(|text| text.split(','));
    names
        .map(str::trim)
        .filter(|name| !name.is_empty() && *name != "identity")
        .map(|name| {
            let shown = name.chars().take(LONGEST_NAME);
            shown
                .map(|character| {
                    if character.is_ascii_graphic() {
                        character
                    } else {
                        '?'
                    }
                })
                .collect()
        })
        .collect()
}

/// RFC 9110 §8.4.1.3: `x-gzip` is an older name of the same.
fn is_gzip(coding: &str) -> bool {
    matches!(coding, "gzip" | "x-gzip")
}

fn is_known(coding: &str) -> bool {
    is_gzip(coding) || coding == "deflate"
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn with(codings: &[&'static str]) -> HeaderMap {
        let pairs = codings
            .iter()
            .map(|coding| (CONTENT_ENCODING, coding.parse().unwrap()));
        pairs.collect()
    }

    #[test]
    fn gzip_is_undone_however_it_is_named_and_as_often_as_it_was_applied() {
        let once = gzip(b"{}");
        for codings in [
            &["gzip"][..],
            &["GZip"],
            &["x-gzip"],
            &["identity, gzip"],
            &[" gzip ,"],
        ] {
            assert_eq!(decode(&with(codings), once.clone(), 9).unwrap(), b"{}");
        }
        let twice = gzip(&once);
        for codings in [&["gzip, x-gzip"][..], &["gzip", "gzip"]] {
            assert_eq!(decode(&with(codings), twice.clone(), 99).unwrap(), b"{}");
        }
        let members = [gzip(b"{"), gzip(b"}")].concat();
        assert_eq!(decode(&with(&["gzip"]), members, 9).unwrap(), b"{}");
    }

    #[test]
    fn deflate_is_undone_with_and_without_its_head_and_what_is_plain_is_left_alone() {
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
        zlib.write_all(b"{\"a\":1}").unwrap();
        let mut raw = DeflateEncoder::new(Vec::new(), Compression::best());
        raw.write_all(b"{\"a\":1}").unwrap();
        for body in [zlib.finish().unwrap(), raw.finish().unwrap()] {
            assert_eq!(decode(&with(&["deflate"]), body, 99).unwrap(), b"{\"a\":1}");
        }
        assert_eq!(decode(&with(&["gzip"]), b"{}".to_vec(), 9).unwrap(), b"{}");
        assert_eq!(&*beginning(&with(&["gzip"]), b"{}", 9), b"{}");
    }

    #[test]
    fn the_beginning_of_a_body_is_read_as_far_as_it_is_there() {
        let text: Vec<u8> = (0..50_000_u32).map(|n| (n * n % 251) as u8).collect();
        let body = gzip(&text);
        let half = beginning(&with(&["gzip"]), &body[..body.len() / 2], 99_999);
        assert!(!half.is_empty() && text.starts_with(&half));
        for codings in [&[][..], &["br"], &["gzip, gzip"]] {
            assert_eq!(&*beginning(&with(codings), b"{}", 99), b"{}");
        }
    }

    #[test]
    fn a_body_without_a_coding_is_left_alone() {
        for codings in [&[][..], &[""], &["identity"], &["Identity"]] {
            assert_eq!(decode(&with(codings), b"x".to_vec(), 9).unwrap(), b"x");
        }
        assert_eq!(decode(&with(&["br"]), Vec::new(), 9).unwrap(), b"");
    }

    #[test]
    fn the_limit_counts_decoded_bytes() {
        let bomb = gzip(&vec![b' '; 4 * 1024 * 1024]);
        assert!(bomb.len() < 8 * 1024);
        let headers = with(&["gzip"]);
        assert_eq!(
            decode(&headers, bomb, 64 * 1024),
            Err(UnreadableEncoding::TooLarge)
        );
        assert_eq!(decode(&headers, gzip(b"123"), 3).unwrap(), b"123");
        assert_eq!(
            decode(&headers, gzip(b"1234"), 3),
            Err(UnreadableEncoding::TooLarge)
        );
    }

    #[test]
    fn an_unknown_coding_is_named_and_a_damaged_one_too() {
        let named = |codings: &[&'static str], body: Vec<u8>| match decode(&with(codings), body, 99)
        {
            Err(UnreadableEncoding::Encoded(problem)) => problem,
            other => panic!("{codings:?}: {other:?}"),
        };
        for coding in ["br", "zstd", "compress"] {
            assert!(
                named(&[coding], b"x".to_vec()).starts_with(&format!("compressed with {coding},"))
            );
        }
        assert!(named(&["gzip, br"], gzip(b"{}")).contains("with br,"));
        let cut = gzip(b"{}")[..12].to_vec();
        assert!(named(&["gzip"], cut).contains("damaged"));
        assert!(named(&["deflate"], b"{}".to_vec()).contains("damaged"));
        let often = ["gzip,gzip,gzip,gzip,gzip"];
        assert!(named(&often, b"x".to_vec()).contains("too many"));
    }
}
