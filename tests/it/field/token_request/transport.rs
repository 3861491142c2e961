//! How long a token answer may take, and which connections its request uses.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use eprospera_sandbox::GrantType;
use serde_json::{Value, json};

use crate::impostor::{self, Answer, Impostor, TOKEN, json_answer, sign_in, user_of};
use crate::world::World;

const REVOKE: &str = "/revoke";

/// Keeps connections open, and notes the paths that were asked on each.
struct Keeping {
    url: String,
    connections: Arc<Mutex<Vec<Vec<String>>>>,
}

impl Keeping {
    fn before(issuer: &Impostor) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let behind = issuer.url.trim_start_matches("http://").to_owned();
        let connections = Arc::<Mutex<Vec<Vec<String>>>>::default();
        let seen = Arc::clone(&connections);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (behind, seen) = (behind.clone(), Arc::clone(&seen));
                std::thread::spawn(move || serve(stream.unwrap(), &behind, &seen));
            }
        });
        Self { url, connections }
    }

    fn connections(&self) -> Vec<Vec<String>> {
        self.connections.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, behind: &str, seen: &Mutex<Vec<Vec<String>>>) {
    let index = {
        let mut seen = seen.lock().unwrap();
        seen.push(Vec::new());
        seen.len() - 1
    };
    loop {
        let request = impostor::read(&mut stream);
        let Some(target) = request.split(' ').nth(1) else {
            return;
        };
        let path = target.split('?').next().unwrap().to_owned();
        seen.lock().unwrap()[index].push(path);
        let mut next = TcpStream::connect(behind).unwrap();
        next.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        next.read_to_string(&mut answer).unwrap();
        let answer = answer.replace("Connection: close\r\n", "");
        if stream.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

/// Grants tokens in the name of whoever stands before the issuer.
fn grant(issuer: &Impostor, url: &str, nonce: Option<&str>) {
    let (header, mut claims) = issuer.honest(nonce.unwrap_or_default());
    claims["iss"] = json!(url);
    if nonce.is_none() {
        claims.as_object_mut().unwrap().remove("nonce");
    }
    let id_token = issuer.key.sign(&header.to_string(), &claims.to_string());
    issuer.put(
        TOKEN,
        json_answer(200, &Impostor::tokens(&id_token).to_string()),
    );
}

#[test]
fn no_request_to_the_token_endpoint_uses_a_connection_that_another_one_used() {
    let issuer = Impostor::new();
    let front = Keeping::before(&issuer);
    let document = issuer
        .document()
        .to_string()
        .replace(&issuer.url, &front.url);
    let mut document: Value = serde_json::from_str(&document).unwrap();
    document["revocation_endpoint"] = json!(format!("{}{REVOKE}", front.url));
    issuer.put(impostor::DISCOVERY, json_answer(200, &document.to_string()));
    issuer.put(REVOKE, json_answer(200, "{}"));
    let device = json!({
        "device_code": "dc", "user_code": "AB", "expires_in": 600, "interval": 1,
        "verification_uri": format!("{}/page", front.url),
    });
    issuer.put(impostor::DEVICE, json_answer(200, &device.to_string()));
    let mut world = user_of(&issuer);
    world.set("EPROSPERA_ISSUER", &front.url);

    let command = world.command(&["login", "--no-browser"]);
    let mut login = crate::sign_in::Login::of(world.spawn(command), &front.url);
    grant(&issuer, &front.url, login.parameter("nonce").as_deref());
    let uri = login.parameter("redirect_uri").unwrap();
    let state = login.parameter("state").unwrap();
    let back = [("code", "c"), ("state", state.as_str())];
    login.page(&url::Url::parse_with_params(&uri, back).unwrap());
    login.end().succeeds();

    grant(&issuer, &front.url, None);
    world.run(&["refresh"]).succeeds();
    world.run(&["logout"]).succeeds();
    world.run(&["login", "--device"]).succeeds();

    let alone: Vec<_> = front
        .connections()
        .into_iter()
        .filter(|paths| paths.iter().any(|path| path == TOKEN || path == REVOKE))
        .collect();
    assert!(alone.iter().all(|paths| paths.len() == 1), "{alone:?}");
    // Exchange, refresh and poll; both tokens of the logout.
    let count = |path: &str| alone.iter().filter(|paths| paths[0] == path).count();
    assert_eq!((count(TOKEN), count(REVOKE)), (3, 2), "{alone:?}");
    let shared = front
        .connections()
        .into_iter()
        .map(|paths| paths.len())
        .max();
    assert!(shared > Some(1), "other connections are kept");
}

fn approving() -> World {
    World::with(|options| {
        for client in &mut options.clients {
            client.grants.push(GrantType::DeviceCode);
        }
        options.device_interval = Duration::from_secs(1);
    })
}

#[test]
fn a_short_request_timeout_does_not_cut_off_an_answer_with_tokens() {
    let world = approving();
    let slowly = || world.fault("token:slow=2500ms*1");
    slowly();
    world.login_with(&["--request-timeout", "2s"]).succeeds();
    world.expire_access_token();
    slowly();
    world
        .run_in(&[("EPROSPERA_REQUEST_TIMEOUT", "1s")], &["token"])
        .succeeds();
    slowly();
    world
        .run(&["refresh", "--request-timeout", "1ms"])
        .succeeds();
    slowly();
    world
        .run(&["login", "--device", "--request-timeout", "2s"])
        .succeeds();
    let token = world.refresh_token();
    slowly();
    world
        .run_with_stdin(
            &["login", "--with-token", "--request-timeout", "2s"],
            &token,
        )
        .succeeds();
    assert!(world.faults_left().is_empty());
    // Other requests keep the limit.
    world.fault("userinfo:slow=2500ms*1");
    world
        .run(&["whoami", "--request-timeout", "300ms", "--retries", "0"])
        .exits(9)
        .because("did not answer within 300ms");
}

#[test]
fn a_body_that_comes_slowly_has_as_much_time_as_its_headers() {
    let issuer = Impostor::new();
    let world = user_of(&issuer);
    sign_in(&world, &issuer, &[], |nonce| issuer.grant(nonce));
    let body = json!({ "access_token": "at", "token_type": "Bearer", "refresh_token": "rt_2" });
    let body = body.to_string();
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len() + 4
    );
    let slowly = Answer::Endless(head, " ".to_owned(), Duration::from_millis(600));
    issuer.put(TOKEN, slowly);
    world
        .run(&["refresh", "--request-timeout", "1s"])
        .succeeds();
}

#[test]
fn the_help_says_that_the_wait_for_tokens_is_never_shortened() {
    let help = World::new().run(&["help", "options"]).succeeds().stdout;
    let words: Vec<_> = help.split_whitespace().collect();
    assert!(
        words
            .join(" ")
            .contains("A refresh always gets at least 30s"),
        "{help}"
    );
}
