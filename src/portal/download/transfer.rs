//! One file: opened, checked, written, and gone on with after a cut.
//!
//! After a cut the rest is asked for where the host gave a strong entity tag, so that no two
//! versions of a file are ever joined (RFC 9110 §13.1.5); else it starts again. Attempts that
//! bring nothing new are counted.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;

use super::content::{self, Content, MAGIC_LENGTH};
use super::error::Failure;
use super::folder::{Folder, PartialFile, Stored, hexadecimal};
use super::name;
use super::progress::DownloadProgress;
use crate::http::{Attempts, HeaderValue, ResumeRange, Retries, RetryReason, Stream};

/// The largest file that is taken: 4 GiB.
const MAX_FILE_SIZE: u64 = 4 * 1024 * 1024 * 1024;
/// Bytes of a SHA-256.
const SHA256_LENGTH: usize = 32;
/// How much is written at once.
const BUFFER: usize = 64 * 1024;
/// The longest piece that hyper reads at once is a little shorter.
const MAX_CHUNK_SIZE: usize = 420 * 1024;
/// What counts as going on: a host that sends less than this before each cut ends it.
const MIN_PROGRESS: u64 = 1024 * 1024;

/// Opens the file, as often as it takes.
pub(super) trait ByteSource {
    type Error;

    /// The file, or the rest of it.
    async fn open(
        &self,
        rest: Option<&ResumeRange>,
        attempts: &mut Attempts,
    ) -> Result<Stream, Failure<Self::Error>>;
}

/// What is known about a file before it is opened.
pub(super) struct File<'a> {
    /// Which of all it is.
    pub(super) index: usize,
    /// Its name without the extension; the host names it where this is absent.
    pub(super) stem: Option<&'a str>,
    pub(super) fallback: &'a str,
    pub(super) content: Content,
}

/// A file that is being written.
struct PartialDownload {
    part: PartialFile,
    name: String,
    tag: Option<HeaderValue>,
    total: Option<u64>,
}

/// What became of a file once its host answered.
enum Outcome {
    /// It is on its way, or whole.
    Begun(PartialDownload),
    /// It is there already.
    Skipped(Stored),
}

/// The way of one file from its host to the folder.
pub(super) struct Transfer<'a, O> {
    pub(super) file: File<'a>,
    pub(super) source: O,
    pub(super) folder: &'a Folder,
    pub(super) progress: &'a dyn DownloadProgress,
}

impl<O: ByteSource> Transfer<'_, O> {
    pub(super) async fn run(&self, retries: &Retries) -> Result<Stored, Failure<O::Error>> {
        let mut attempts = retries.begin();
        let mut cut = None;
        let mut furthest = 0;
        loop {
            let failure = match self.attempt(&mut cut, &mut attempts).await {
                Ok(Outcome::Begun(whole)) => {
                    return whole.part.finish(self.folder, whole.name).await;
                }
                Ok(Outcome::Skipped(stored)) => return Ok(stored),
                Err(failure) => failure,
            };
            let length = cut
                .as_ref()
                .map_or(0, |cut: &PartialDownload| cut.part.length());
            if length >= furthest + MIN_PROGRESS {
                attempts.reset_budget();
            } else if length > furthest {
                attempts.extend_budget();
            }
            furthest = furthest.max(length);
            match retry_reason(&failure) {
                Some(retry_reason) if attempts.wait(&retry_reason).await => {}
                _ => return Err(failure),
            }
        }
    }

    /// Goes on with what was cut off, or begins, and reads to the end.
    async fn attempt(
        &self,
        cut: &mut Option<PartialDownload>,
        attempts: &mut Attempts,
    ) -> Result<Outcome, Failure<O::Error>> {
        let rest = cut.as_ref().and_then(PartialDownload::rest);
        let mut stream = self.source.open(rest.as_ref(), attempts).await?;
        let mut buffer = Vec::with_capacity(BUFFER + MAX_CHUNK_SIZE);
        let mut begun = match cut.take() {
            Some(begun) if rest.is_some() && begun.continues_with(&stream) => begun,
            // Whatever was there is of no use any more.
            _ if stream.status == 200 => match self.begin(&mut stream, &mut buffer).await? {
                Outcome::Begun(begun) => begun,
                Outcome::Skipped(stored) => return Ok(Outcome::Skipped(stored)),
            },
            _ => return Err(mismatch(&stream, "a different part than requested")),
        };
        match self.fill(&mut begun, &mut stream, buffer).await {
            Ok(()) => Ok(Outcome::Begun(begun)),
            Err(failure) => {
                *cut = matches!(failure, Failure::Http(_)).then_some(begun);
                Err(failure)
            }
        }
    }

    async fn fill(
        &self,
        begun: &mut PartialDownload,
        stream: &mut Stream,
        mut buffer: Vec<u8>,
    ) -> Result<(), Failure<O::Error>> {
        let mut is_open = true;
        while is_open {
            let read = stream.read(&mut buffer).await;
            if begun.part.length() + buffer.len() as u64 > MAX_FILE_SIZE {
                return Err(Failure::TooLarge {
                    limit: MAX_FILE_SIZE,
                });
            }
            // What came before a cut is kept.
            if buffer.len() >= BUFFER || !matches!(read, Ok(true)) {
                buffer = begun.part.write(buffer).await?;
                self.progress.reached(self.file.index, begun.part.length());
            }
            is_open = read?;
        }
        match begun.total {
            Some(total) if total != begun.part.length() => {
                Err(mismatch(stream, "a different length than announced"))
            }
            _ => Ok(()),
        }
    }

    /// Checks what has come, up to the first bytes, before anything is written.
    async fn begin(
        &self,
        stream: &mut Stream,
        buffer: &mut Vec<u8>,
    ) -> Result<Outcome, Failure<O::Error>> {
        if is_encoded(stream) {
            let what = "a compressed copy, which was not requested,";
            return Err(not_the_file(stream, what.to_owned()));
        }
        let total = stream.length();
        if total.is_some_and(|total| total > MAX_FILE_SIZE) {
            return Err(Failure::TooLarge {
                limit: MAX_FILE_SIZE,
            });
        }
        while buffer.len() < MAGIC_LENGTH && stream.read(buffer).await? {}
        if buffer.is_empty() {
            return Err(not_the_file(stream, "nothing".to_owned()));
        }
        let media_type = stream.media_type();
        let extension = content::extension(self.file.content, &media_type, buffer);
        let extension = extension.ok_or_else(|| {
            let what = match media_type.as_str() {
                "" => "something of an unknown type".to_owned(),
                media_type => format!("a file of type {}", short(media_type)),
            };
            not_the_file(stream, what)
        })?;
        let stem = self.stem(stream);
        let name = format!("{stem}.{extension}");
        if let Some(stored) = self.folder.place(&name, total, sha256(stream)).await? {
            return Ok(Outcome::Skipped(stored));
        }
        self.progress.begun(self.file.index, &name, total);
        Ok(Outcome::Begun(PartialDownload {
            part: self.folder.begin(&stem)?,
            name,
            tag: strong_tag(stream),
            total,
        }))
    }

    fn stem(&self, stream: &Stream) -> String {
        let given = self.file.stem.map(str::to_owned);
        let named = || {
            let name = name::of_disposition(stream.text("content-disposition")?)?;
            name::stem(&name, &content::extensions())
        };
        given
            .or_else(named)
            .unwrap_or_else(|| self.file.fallback.to_owned())
    }
}

impl PartialDownload {
    fn rest(&self) -> Option<ResumeRange> {
        Some(ResumeRange {
            from: self.part.length(),
            of: self.tag.clone()?,
        })
        .filter(|rest| rest.from > 0)
    }

    /// Whether a stream is the rest of just this file.
    fn continues_with(&self, stream: &Stream) -> bool {
        let Some((first, total)) = stream.text("content-range").and_then(content_range) else {
            return false;
        };
        let has_other_tag = stream.text("etag").is_some() && strong_tag(stream) != self.tag;
        stream.status == 206
            && first == self.part.length()
            && (total.is_none() || self.total.is_none() || total == self.total)
            && !has_other_tag
            && !is_encoded(stream)
    }
}

/// The first byte of a range, and the length of the whole where it is said (RFC 9110 §14.4).
fn content_range(text: &str) -> Option<(u64, Option<u64>)> {
    let (range, total) = text.strip_prefix("bytes ")?.split_once('/')?;
    let (first, _) = range.split_once('-')?;
    Some((first.parse().ok()?, total.parse().ok()))
}

/// A strong entity tag: a weak one does not mean the same bytes (RFC 9110 §8.8.1).
fn strong_tag(stream: &Stream) -> Option<HeaderValue> {
    let tag = stream.text("etag").filter(|tag| tag.starts_with('"'))?;
    HeaderValue::from_str(tag).ok()
}

/// The SHA-256 of the file in hexadecimal digits, where its host says it: for HTTP (RFC 9530 §3, and RFC 3230
/// before it) or as Amazon's storage service does.
fn sha256(stream: &Stream) -> Option<String> {
    let listed = ["repr-digest", "content-digest", "digest"];
    let listed = listed.iter().filter_map(|header| stream.text(header));
    let named = listed.flat_map(|text| text.split(',')).find_map(|digest| {
        let (algorithm, value) = digest.trim().split_once('=')?;
        algorithm
            .eq_ignore_ascii_case("sha-256")
            .then(|| value.trim_matches(':'))
    });
    let text = named.or_else(|| stream.text("x-amz-checksum-sha256"))?;
    let bytes = BASE64
        .decode(text)
        .ok()
        .filter(|bytes| bytes.len() == SHA256_LENGTH)?;
    Some(hexadecimal(&bytes))
}

fn is_encoded(stream: &Stream) -> bool {
    let coding = stream.text("content-encoding");
    coding.is_some_and(|coding| !coding.eq_ignore_ascii_case("identity"))
}

/// A media type is a few words; a longer one is nothing that a person should read.
fn short(media_type: &str) -> String {
    media_type.chars().take(80).collect()
}

fn mismatch<B>(stream: &Stream, what: &'static str) -> Failure<B> {
    Failure::Mismatch {
        host: stream.host().to_owned(),
        what,
    }
}

fn not_the_file<B>(stream: &Stream, what: String) -> Failure<B> {
    Failure::NotTheFile {
        host: stream.host().to_owned(),
        what,
    }
}

/// What may be better at the next attempt: a cut, and a host that cannot go on where it was.
fn retry_reason<B>(failure: &Failure<B>) -> Option<RetryReason> {
    match failure {
        Failure::Http(error) => RetryReason::of_error(error),
        Failure::Mismatch { what, .. } => Some(RetryReason::new((*what).to_owned())),
        _ => None,
    }
}
