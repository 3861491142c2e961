//! Hosts that cut, redirect, refuse and lie, and what is on the disk after each.

mod addresses;
mod places;

use std::cell::RefCell;
use std::collections::VecDeque;
use std::convert::Infallible;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tempfile::TempDir;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;
use crate::http;
use crate::secret::Secret;

/// A host that answers each connection with the next of its answers, and then closes it.
struct Host {
    address: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Host {
    async fn start(answers: &[&str]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut answers: VecDeque<String> = answers.iter().map(|&text| text.to_owned()).collect();
        let seen = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Some(answer) = answers.pop_front() {
                let (mut connection, _) = listener.accept().await.unwrap();
                let mut request = vec![0; 4096];
                let read = connection.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..read]).to_lowercase();
                seen.lock().unwrap().push(request);
                connection.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { address, requests }
    }

    fn url(&self) -> String {
        format!("http://{}/file?signature=canary", self.address)
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}\r\n{body}"
    )
}

fn whole(body: &str) -> String {
    answer("200 OK", "Content-Type: application/x-file\r\n", body)
}

/// A file that ends after `sent` bytes, with an entity tag.
fn cut(body: &str, sent: usize, tag: &str) -> String {
    let headers = format!("Content-Type: application/x-file\r\nETag: {tag}\r\n");
    let all = answer("200 OK", &headers, body);
    all[..all.len() - body.len() + sent].to_owned()
}

/// Fresh addresses, as often as they are asked for.
struct Fresh(RefCell<VecDeque<Vec<(String, Location)>>>);

impl Fresh {
    fn none() -> Self {
        Self(RefCell::default())
    }

    fn at(url: &str) -> Self {
        let located = vec![("key".to_owned(), location(url))];
        Self(RefCell::new([located].into()))
    }
}

impl UrlLookup for Fresh {
    type Error = Infallible;

    async fn locate(&self) -> Result<Vec<(String, Location)>, Infallible> {
        let next = self.0.borrow_mut().pop_front();
        Ok(next.expect("nobody should look again"))
    }
}

#[derive(Default)]
struct Silent;

impl DownloadProgress for Silent {
    fn begun(&self, _: usize, _: &str, _: Option<u64>) {}
    fn reached(&self, _: usize, _: u64) {}
    fn ended(&self, _: usize) {}
}

/// A folder, and what is downloaded to it.
struct Place {
    folder: TempDir,
    anonymous: UnauthenticatedClient,
}

impl Place {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            anonymous: UnauthenticatedClient::new(http::Options {
                timeout: Duration::from_secs(20),
                plain_loopback: true,
                ..http::Options::default()
            }),
        }
    }

    fn downloads(&self, on_conflict: OnConflict) -> Downloads<'_> {
        Downloads {
            anonymous: &self.anonymous,
            retries: Retries::default(),
            folder: Folder::open(self.folder.path(), on_conflict).unwrap(),
            progress: &Silent,
        }
    }

    async fn fetch(&self, wanted: &[FileRequest], fresh: &Fresh) -> Vec<Outcome> {
        self.downloads(OnConflict::Fail).fetch(wanted, fresh).await
    }

    /// Downloads one file, and gives its outcome.
    async fn fetch_one(&self, url: &str) -> Outcome {
        let wanted = [wanted("key", "Title", url)];
        let mut outcomes = self.fetch(&wanted, &Fresh::none()).await;
        outcomes.remove(0)
    }

    /// The names in the folder.
    fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }
}

type Outcome = Result<Option<Stored>, Failure<Infallible>>;

fn location(url: &str) -> Location {
    Location::new(&Secret::new(url.to_owned()))
}

fn wanted(key: &str, title: &str, url: &str) -> FileRequest {
    FileRequest {
        key: key.to_owned(),
        title: title.to_owned(),
        content: Content::Document,
        location: Some(location(url)),
    }
}

#[tokio::test]
async fn a_file_is_stored_whole_private_and_with_its_hash() {
    let host = Host::start(&[&whole("abc")]).await;
    let place = Place::new();
    let stored = place.fetch_one(&host.url()).await.unwrap().unwrap();
    assert_eq!((stored.name.as_str(), stored.bytes), ("Title.bin", 3));
    assert_eq!(
        stored.sha256,
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
    assert_eq!(place.text("Title.bin"), "abc");
    assert_eq!(place.names(), ["Title.bin"]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = stored.path.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    let request = &host.requests()[0];
    assert!(request.contains("get /file?signature=canary "), "{request}");
    assert!(!request.contains("authorization"), "{request}");
}

/// A file of 200 bytes, and its halves.
const WHOLE: &str = "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
    abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghij";

fn rest(range: &str, headers: &str) -> String {
    let headers = format!("Content-Range: bytes {range}\r\n{headers}");
    answer("206 Partial Content", &headers, &WHOLE[100..])
}

#[tokio::test]
async fn after_a_cut_the_rest_is_asked_for_and_the_hash_is_that_of_the_whole() {
    let rest = rest("100-199/200", "ETag: \"t\"\r\n");
    let host = Host::start(&[&cut(WHOLE, 100, "\"t\""), &rest]).await;
    let place = Place::new();
    let stored = place.fetch_one(&host.url()).await.unwrap().unwrap();
    assert_eq!(place.text("Title.bin"), WHOLE);
    assert_eq!(
        stored.sha256,
        "fa1f606a20d9a893eb58ac349b8b1cc9127e5cda2b31b1cdb328dd4a3bbe999f"
    );
    let second = &host.requests()[1];
    assert!(second.contains("\r\nrange: bytes=100-\r\n"), "{second}");
    assert!(second.contains("if-range: \"t\"\r\n"), "{second}");
}

#[tokio::test]
async fn after_a_cut_it_starts_again_where_the_rest_cannot_be_had() {
    let no_such_range = answer("416 No", "Content-Range: bytes */2\r\n", "");
    // A whole answer takes the place of the rest at once; any other costs one more request.
    for (tag, second, asks_for_the_rest) in [
        ("\"t\"", None, true),
        ("W/\"t\"", None, false),
        ("unquoted", None, false),
        ("\"t\"", Some(rest("0-99/200", "")), true),
        ("\"t\"", Some(rest("100-199/200", "ETag: \"u\"\r\n")), true),
        ("\"t\"", Some(rest("100-199/201", "")), true),
        (
            "\"t\"",
            Some(rest("100-199/200", "Content-Encoding: gzip\r\n")),
            true,
        ),
        (
            "\"t\"",
            Some(answer("206 Partial", "", &WHOLE[100..])),
            true,
        ),
        ("\"t\"", Some(no_such_range), true),
    ] {
        let mut answers = vec![cut(WHOLE, 100, tag)];
        answers.extend(second);
        answers.push(whole("another version"));
        let texts: Vec<_> = answers.iter().map(String::as_str).collect();
        let host = Host::start(&texts).await;
        let place = Place::new();
        let stored = place.fetch_one(&host.url()).await.unwrap().unwrap();
        assert_eq!(place.text("Title.bin"), "another version");
        assert_eq!(stored.bytes, 15);
        assert_eq!(place.names(), ["Title.bin"]);
        let is_rest = |request: &String| request.contains("\r\nrange: ");
        let requests = host.requests();
        assert_eq!(requests.len(), texts.len());
        assert_eq!(is_rest(&requests[1]), asks_for_the_rest, "{tag}");
        assert!(!is_rest(requests.last().unwrap()) || requests.len() == 2);
    }
}

#[tokio::test]
async fn a_host_that_cuts_every_time_is_given_up_and_leaves_nothing() {
    for sent in [0, 10, 100] {
        let cut = cut(WHOLE, sent, "W/\"t\"");
        let host = Host::start(&[&cut, &cut, &cut, &cut]).await;
        let place = Place::new();
        let failure = place.fetch_one(&host.url()).await.unwrap_err();
        assert!(
            matches!(failure, Failure::Http(http::Error::Broken { .. })),
            "{failure:?}"
        );
        assert_eq!(host.requests().len(), 4);
        assert!(place.names().is_empty(), "{:?}", place.names());
    }
}

#[tokio::test]
async fn what_is_no_document_is_not_written() {
    let html = "Content-Type: text/html\r\n";
    for (raw, words) in [
        (answer("200 OK", html, "<html>"), "text/html"),
        (
            answer("200 OK", "Content-Type: application/json\r\n", "{}"),
            "application/json",
        ),
        (answer("200 OK", "", "<Error>"), "an unknown type"),
        (whole(""), "nothing"),
        (
            answer(
                "200 OK",
                "Content-Type: application/pdf\r\nContent-Encoding: gzip\r\n",
                "x",
            ),
            "compressed",
        ),
        (
            answer("206 Partial", "Content-Type: application/pdf\r\n", "x"),
            "206",
        ),
        (answer("204 No", "", ""), "204"),
        (answer("404 No", html, "<html>canary"), "404"),
        (answer("302 Found", "", ""), "302"),
    ] {
        let host = Host::start(&[&raw]).await;
        let place = Place::new();
        let failure = place.fetch_one(&host.url()).await.unwrap_err().to_string();
        assert!(failure.contains(words), "{words}: {failure}");
        assert!(failure.contains(&host.address), "{failure}");
        assert!(!failure.contains("canary"), "{failure}");
        assert!(place.names().is_empty(), "{:?}", place.names());
        assert_eq!(host.requests().len(), 1, "{words}");
    }
}

#[tokio::test]
async fn a_length_that_is_beyond_reason_is_refused_before_anything_is_read() {
    let raw =
        "HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 5000000000\r\n\r\nx";
    let host = Host::start(&[raw]).await;
    let place = Place::new();
    let failure = place.fetch_one(&host.url()).await.unwrap_err();
    assert!(matches!(failure, Failure::TooLarge { .. }), "{failure:?}");
    assert!(place.names().is_empty());
}

#[tokio::test]
async fn each_file_has_its_own_outcome_in_the_order_of_the_list() {
    let good = Host::start(&[&whole("a"), &whole("b")]).await;
    let bad = Host::start(&[&answer("404 No", "", "")]).await;
    let mut list = vec![
        wanted("1", "Same name", &good.url()),
        wanted("2", "Gone", &bad.url()),
        wanted("3", "same NAME", &good.url()),
        wanted("4", "../../x", ""),
        wanted("5", "Not yet", ""),
    ];
    list[4].location = None;
    let place = Place::new();
    let outcomes = place.fetch(&list, &Fresh::none()).await;
    let name = |index: usize| {
        outcomes[index]
            .as_ref()
            .unwrap()
            .as_ref()
            .unwrap()
            .name
            .clone()
    };
    assert_eq!(
        (name(0).as_str(), name(2).as_str()),
        ("Same-name.bin", "same-NAME-2.bin")
    );
    assert!(matches!(
        outcomes[1],
        Err(Failure::Refused { status: 404, .. })
    ));
    assert!(matches!(outcomes[3], Err(Failure::BadAddress)));
    assert!(matches!(outcomes[4], Ok(None)));
    assert_eq!(place.names(), ["Same-name.bin", "same-NAME-2.bin"]);
}
