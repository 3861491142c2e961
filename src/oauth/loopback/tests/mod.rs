//! The listener with real sockets: what outsiders can and cannot do to a login.

mod binding;
mod crowd;
mod refused;

use std::net::{SocketAddr, TcpListener as Socket};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::super::authorize::tests::{metadata, state_of};
use super::super::authorize::{Params, ResponseMode};
use super::super::callback::AuthorizationOutcome;
use super::*;
use crate::ports::{ClosedPort, ReservedPorts};

const FORM: &str = "application/x-www-form-urlencoded";

/// A listener on a port of its own.
fn listener_on(host: &str) -> Listener {
    let ports = ReservedPorts::new(1);
    Listener::bind(&[redirect_uri(host, ports.numbers[0])]).unwrap()
}

fn redirect_uri(host: &str, port: u16) -> RedirectUri {
    RedirectUri::parse(&format!("http://{host}:{port}/callback")).unwrap()
}

/// A login that waits on a listener of its own.
struct Login {
    address: SocketAddr,
    state: String,
    task: JoinHandle<Result<Callback, Error>>,
}

impl Login {
    fn begin(mode: ResponseMode) -> Self {
        Self::begin_at(listener_on("127.0.0.1"), mode)
    }

    fn begin_at(listener: Listener, mode: ResponseMode) -> Self {
        let address = listener.sockets[0].local_addr().unwrap();
        let params = Params {
            response_mode: mode,
            ..Params::new("client", "openid")
        };
        let authorization =
            Authorization::begin(&metadata(""), &params, listener.redirect_uri()).unwrap();
        let state = state_of(&authorization);
        let task = tokio::spawn(async move { listener.callback(&authorization).await });
        Self {
            address,
            state,
            task,
        }
    }

    fn get(&self, target: &str) -> String {
        let target = target.replace("STATE", &self.state);
        get(self.address, &target)
    }

    fn post(&self, kind: &str, body: &str) -> String {
        let body = body.replace("STATE", &self.state);
        let (host, length) = (self.address, body.len());
        format!(
            "POST /callback HTTP/1.1\r\nHost: {host}\r\nContent-Type: {kind}\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        )
    }

    async fn send(&self, request: &str) -> String {
        send(self.address, request).await
    }

    /// Sends a request whose answer comes later.
    fn open_tab(&self, request: &str) -> JoinHandle<String> {
        let (address, request) = (self.address, request.to_owned());
        tokio::spawn(async move { send(address, &request).await })
    }

    async fn result(self) -> Result<Callback, Error> {
        let ended = tokio::time::timeout(Duration::from_secs(30), self.task).await;
        ended.expect("the login ends").unwrap()
    }
}

fn judged(response: CallbackResponse) -> Result<AuthorizationOutcome, Error> {
    response.judge(&metadata(""))
}

fn code_of(response: CallbackResponse) -> String {
    judged(response).unwrap().unwrap().expose().to_owned()
}

fn get(host: SocketAddr, target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\n\r\n")
}

/// Sends raw bytes and reads the whole answer.
async fn send(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn status_of(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("nothing")
}

fn location_of(answer: &str) -> &str {
    let line = answer
        .lines()
        .find_map(|line| line.strip_prefix("Location: "));
    line.expect("a redirect")
}

/// Does what a browser does with the answer to the callback.
async fn follow(address: SocketAddr, redirect: &str) -> String {
    assert_eq!(status_of(redirect), "303", "{redirect}");
    send(address, &get(address, location_of(redirect))).await
}

#[tokio::test]
async fn the_browser_sees_success_only_after_the_caller_says_so() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    assert_eq!(code_of(callback.response), "c1");
    assert!(!tab.is_finished(), "the tab waits");
    let done = tokio::spawn(callback.reply.succeed(Some("Ines & Co")).served());
    let redirect = tab.await.unwrap();
    assert!(redirect.contains("Connection: close") && redirect.contains("Cache-Control: no-store"));
    let clean = location_of(&redirect);
    assert!(clean.starts_with("/callback/") && clean.len() == "/callback/".len() + 22);
    let page = follow(address, &redirect).await;
    assert_eq!(status_of(&page), "200");
    assert!(page.contains("Ines &amp; Co") && page.ends_with("</html>"));
    for header in [
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'",
    ] {
        assert!(page.contains(header), "{header}");
    }
    done.await.unwrap();
    assert!(
        TcpStream::connect(address).await.is_err(),
        "the port is free again"
    );
}

#[tokio::test]
async fn a_second_callback_is_told_so_and_changes_nothing() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let first = login.get("/callback?code=c1&state=STATE");
    let second = login.get("/callback?code=c2&state=STATE");
    let tab = login.open_tab(&first);
    let callback = login.result().await.unwrap();
    let answer = send(address, &second).await;
    assert_eq!(status_of(&answer), "409");
    assert!(answer.contains("already used"));
    // The same page, loaded again, waits for the same end.
    let reloaded = tokio::spawn(async move { send(address, &first).await });
    assert!(!tab.is_finished());
    let done = tokio::spawn(callback.reply.fail("the clock is <wrong>", &[]).served());
    let redirect = tab.await.unwrap();
    assert_eq!(
        location_of(&redirect),
        location_of(&reloaded.await.unwrap())
    );
    let page = follow(address, &redirect).await;
    assert!(page.contains("The sign-in did not work") && page.contains("clock is &lt;wrong&gt;"));
    assert_eq!(code_of(callback.response), "c1");
    done.await.unwrap();
}

#[tokio::test]
async fn a_denial_with_the_right_state_ends_the_login_at_once() {
    for code in [
        "access_denied",
        "login_required",
        "server_error",
        "something_new",
    ] {
        let login = Login::begin(ResponseMode::Query);
        let target = format!("/callback?error={code}&error_description=No+thanks&state=STATE");
        let tab = login.open_tab(&login.get(&target));
        let callback = login.result().await.unwrap();
        let denial = judged(callback.response).unwrap().unwrap_err();
        assert_eq!(denial.code, code);
        assert_eq!(denial.description.as_deref(), Some("No thanks"));
        drop((tab, callback.reply));
    }
}

#[tokio::test]
async fn the_answer_of_another_server_is_handed_over_at_once_and_gives_no_code() {
    let login = Login::begin(ResponseMode::Query);
    let tab =
        login.open_tab(&login.get("/callback?code=c&state=STATE&iss=https%3A%2F%2Fevil.example"));
    let callback = login.result().await.unwrap();
    assert!(!tab.is_finished(), "the tab waits");
    let error = judged(callback.response).unwrap_err();
    assert!(matches!(error, Error::CallbackIssuer { .. }), "{error}");
    drop((tab, callback.reply));
}

#[tokio::test]
async fn every_tab_with_the_same_address_gets_the_same_page() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let request = login.get("/callback?code=c1&state=STATE");
    let mut tabs = vec![login.open_tab(&request)];
    let callback = login.result().await.unwrap();
    let another = tokio::spawn(async move { send(address, &request).await });
    tabs.push(another);
    // Its request has come when one behind it has got an answer.
    let other = get(address, "/callback?code=c2&state=wrong");
    let told = send(address, &other).await;
    assert!(told.contains("has the answer that it waited for"), "{told}");
    let done = tokio::spawn(callback.reply.succeed(Some("Ines")).served());
    // As browsers do, none waits for the other: the listener stays a second for the last one.
    let pages = tabs.into_iter().map(async |tab| {
        let redirect = tab.await.unwrap();
        follow(address, &redirect).await
    });
    for page in join_all(pages).await {
        assert!(page.contains("You are signed in"), "{page}");
    }
    done.await.unwrap();
}

#[tokio::test]
async fn what_is_not_the_answer_is_told_what_the_terminal_does() {
    let login = Login::begin(ResponseMode::Query);
    let address = login.address;
    let strange = get(address, "/callback?code=c&state=wrong");
    assert!(send(address, &strange).await.contains("keeps waiting"));
    let tab = login.open_tab(&login.get("/callback?code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    let flawed = get(address, "/callback?state=wrong");
    let elsewhere = strange.replace("127.0.0.1", "localhost");
    let done = tokio::spawn(async move {
        // While the code is exchanged, and again when the login has ended.
        for request in [&strange, &flawed, &elsewhere] {
            let told = send(address, request).await;
            assert!(!told.contains("keeps waiting"), "{told}");
            assert!(told.contains("shows the result"), "{told}");
        }
        callback.reply.fail("no", &[]).served().await;
    });
    let page = follow(address, &tab.await.unwrap()).await;
    assert!(page.contains("The sign-in did not work"));
    done.await.unwrap();
}

#[tokio::test]
async fn a_form_post_is_read_when_it_was_asked_for() {
    let login = Login::begin(ResponseMode::FormPost);
    for (request, expected) in [
        (login.post("text/plain", "code=c&state=STATE"), "415"),
        (login.post("", "code=c&state=STATE"), "415"),
        (login.post(FORM, ""), "400"),
        (login.post(FORM, "code=c&state=wrong"), "400"),
        (login.post(FORM, "state=STATE&code=c&code=d"), "400"),
        (login.post(FORM, "code=%ff&state=STATE"), "400"),
    ] {
        assert_eq!(
            status_of(&login.send(&request).await),
            expected,
            "{request}"
        );
    }
    let padding = "x".repeat(12 * 1024);
    let body = format!("code=c1&state=STATE&session={padding}");
    let kind = "application/x-www-form-urlencoded; charset=UTF-8";
    let tab = login.open_tab(&login.post(kind, &body));
    let callback = login.result().await.unwrap();
    assert_eq!(code_of(callback.response), "c1");
    drop((tab, callback.reply));
}

#[tokio::test]
async fn a_fragment_is_passed_on_by_the_bridge_page() {
    let login = Login::begin(ResponseMode::Fragment);
    let bridge = login.send(&login.get("/callback")).await;
    assert_eq!(status_of(&bridge), "200");
    assert!(bridge.contains("replaceState") && bridge.contains("script-src 'sha256-"));
    assert!(!bridge.contains(&login.state));
    let tab = login.open_tab(&login.post(FORM, "code=c1&state=STATE"));
    let callback = login.result().await.unwrap();
    assert_eq!(code_of(callback.response), "c1");
    drop((tab, callback.reply));
}
