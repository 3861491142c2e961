//! An issuer that a test writes: honest until it is told to answer something else. It remembers
//! every request to the letter, so it is also the stranger who waits for tokens.

use std::collections::HashMap;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, crypto, jwk::Jwk};
use serde_json::{Value, json};
use url::Url;

use crate::run::Output;
use crate::sign_in::Login;
use crate::world::World;

pub(crate) const DISCOVERY: &str = "/.well-known/openid-configuration";
pub(crate) const AUTHORIZE: &str = "/authorize";
pub(crate) const JWKS: &str = "/jwks";
pub(crate) const TOKEN: &str = "/token";
pub(crate) const USERINFO: &str = "/userinfo";
pub(crate) const DEVICE: &str = "/device";

/// In place of a path: wherever no other answer is given.
pub(crate) const ANYWHERE: &str = "*";

/// The access token it gives.
pub(crate) const ACCESS: &str = "at_canary";

/// What is sent back.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    /// These bytes, and the connection is closed.
    Whole(Vec<u8>),
    /// A beginning, and then the same piece until nobody listens, with a pause between.
    Endless(String, String, Duration),
}

/// A JSON answer with a status.
pub(crate) fn json_answer(status: u16, body: &str) -> Answer {
    typed(status, "application/json", body.as_bytes())
}

/// Any body with a status and a media type.
pub(crate) fn typed(status: u16, kind: &str, body: &[u8]) -> Answer {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {length}\r\n\
         Connection: close\r\n\r\n"
    );
    Answer::Whole([head.as_bytes(), body].concat())
}

/// A redirect.
pub(crate) fn redirect(status: u16, location: &str) -> Answer {
    let head = format!(
        "HTTP/1.1 {status} X\r\nLocation: {location}\r\nContent-Length: 0\r\n\
         Connection: close\r\n\r\n"
    );
    Answer::Whole(head.into_bytes())
}

/// Bytes as they are.
pub(crate) fn raw(bytes: &str) -> Answer {
    Answer::Whole(bytes.as_bytes().to_vec())
}

/// The key of one issuer.
pub(crate) struct Key {
    pub(crate) private: EncodingKey,
    pub(crate) public: Value,
}

impl Key {
    pub(crate) fn new(id: &str) -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let private = EncodingKey::from_ec_der(pair.to_pkcs8v1().unwrap().as_ref());
        let public = Jwk::from_encoding_key(&private, Algorithm::ES256).unwrap();
        let mut public = serde_json::to_value(public).unwrap();
        public["kid"] = json!(id);
        Self { private, public }
    }

    /// A token of this header and these claims, as they are written.
    pub(crate) fn sign(&self, header: &str, claims: &str) -> String {
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        let signed = format!("{}.{}", encode(header), encode(claims));
        let signature = crypto::sign(signed.as_bytes(), &self.private, Algorithm::ES256);
        format!("{signed}.{}", signature.unwrap())
    }
}

/// The server.
pub(crate) struct Impostor {
    pub(crate) url: String,
    pub(crate) key: Key,
    /// For each path in turn; the last one stays.
    answers: Arc<Mutex<HashMap<String, Vec<Answer>>>>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Impostor {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let impostor = Self {
            url,
            key: Key::new("k1"),
            answers: Arc::default(),
            asked: Arc::default(),
        };
        let (answers, asked) = (Arc::clone(&impostor.answers), Arc::clone(&impostor.asked));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (answers, asked) = (Arc::clone(&answers), Arc::clone(&asked));
                std::thread::spawn(move || serve(stream.unwrap(), &answers, &asked));
            }
        });
        impostor.behave();
        impostor
    }

    /// Is honest again.
    pub(crate) fn behave(&self) {
        self.answers.lock().unwrap().clear();
        self.put(DISCOVERY, json_answer(200, &self.document().to_string()));
        let keys = json!({ "keys": [self.key.public] });
        self.put(JWKS, json_answer(200, &keys.to_string()));
        let user = json!({ "sub": "person-1", "name": "Ada" });
        self.put(USERINFO, json_answer(200, &user.to_string()));
    }

    /// Gives this answer at a path from now on.
    pub(crate) fn put(&self, path: &str, answer: Answer) {
        let mut answers = self.answers.lock().unwrap();
        answers.insert(path.to_owned(), vec![answer]);
    }

    /// Gives this answer once, before the one that there is.
    pub(crate) fn put_once(&self, path: &str, answer: Answer) {
        let mut answers = self.answers.lock().unwrap();
        answers.get_mut(path).unwrap().insert(0, answer);
    }

    /// The honest metadata.
    pub(crate) fn document(&self) -> Value {
        let at = |path: &str| format!("{}{path}", self.url);
        json!({
            "issuer": self.url,
            "authorization_endpoint": at(AUTHORIZE),
            "token_endpoint": at(TOKEN),
            "jwks_uri": at(JWKS),
            "userinfo_endpoint": at(USERINFO),
            "device_authorization_endpoint": at(DEVICE),
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
        })
    }

    /// Header and claims of an honest ID token.
    pub(crate) fn honest(&self, nonce: &str) -> (Value, Value) {
        let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        let now = now.unwrap().as_secs();
        let hash = digest(&SHA256, ACCESS.as_bytes());
        let claims = json!({
            "iss": self.url,
            "aud": "it",
            "sub": "person-1",
            "name": "Ada",
            "exp": now + 600,
            "iat": now,
            "nonce": nonce,
            "at_hash": URL_SAFE_NO_PAD.encode(&hash.as_ref()[..16]),
        });
        (json!({ "alg": "ES256", "kid": "k1", "typ": "JWT" }), claims)
    }

    /// The token answer with an ID token.
    pub(crate) fn tokens(id_token: &str) -> Value {
        json!({
            "access_token": ACCESS,
            "token_type": "Bearer",
            "expires_in": 3600,
            "refresh_token": "rt_canary",
            "scope": "openid profile email offline_access eprospera:person.details.read",
            "id_token": id_token,
        })
    }

    /// Grants tokens honestly.
    pub(crate) fn grant(&self, nonce: &str) {
        let (header, claims) = self.honest(nonce);
        let id_token = self.key.sign(&header.to_string(), &claims.to_string());
        self.put(
            TOKEN,
            json_answer(200, &Self::tokens(&id_token).to_string()),
        );
    }

    /// Every request to this path so far, body included.
    pub(crate) fn asked(&self, path: &str) -> Vec<String> {
        let mut asked = self.everything();
        asked.retain(|request| path_of(request) == path);
        asked
    }

    /// Every request so far.
    pub(crate) fn everything(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

/// The path of a request, without its query.
fn path_of(request: &str) -> &str {
    let target = request.split(' ').nth(1).unwrap_or_default();
    target.split('?').next().unwrap_or_default()
}

fn next_answer(answers: &mut HashMap<String, Vec<Answer>>, path: &str) -> Option<Answer> {
    let path = if answers.contains_key(path) {
        path
    } else {
        ANYWHERE
    };
    let answers = answers.get_mut(path)?;
    if answers.len() > 1 {
        Some(answers.remove(0))
    } else {
        answers.first().cloned()
    }
}

fn serve(
    mut stream: TcpStream,
    answers: &Mutex<HashMap<String, Vec<Answer>>>,
    asked: &Mutex<Vec<String>>,
) {
    let request = read(&mut stream);
    let answer = next_answer(&mut answers.lock().unwrap(), path_of(&request));
    asked.lock().unwrap().push(request);
    // A client that has seen enough may be gone.
    match answer.unwrap_or_else(|| typed(404, "text/plain", b"")) {
        Answer::Whole(bytes) => stream.write_all(&bytes).unwrap_or_default(),
        Answer::Endless(head, piece, pause) => {
            let mut next = stream.write_all(head.as_bytes());
            while next.is_ok() {
                std::thread::sleep(pause);
                next = stream.write_all(piece.as_bytes());
            }
        }
    }
}

/// A request, body included, or as much as there is of it.
pub(crate) fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let mut block = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "));
            if body.len() >= length.map_or(0, |length| length.parse().unwrap()) {
                break;
            }
        }
        match stream.read(&mut block) {
            Ok(0) | Err(_) => break,
            Ok(read) => bytes.extend_from_slice(&block[..read]),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// A user whose issuer is this one.
pub(crate) fn user_of(issuer: &Impostor) -> World {
    let mut world = World::new();
    world.set("EPROSPERA_ISSUER", &issuer.url);
    world.set("EPROSPERA_RETRIES", "0");
    world
}

/// A login whose browser comes back with a code, once there is something to visit. The grant is
/// told the nonce.
pub(crate) fn sign_in(
    world: &World,
    issuer: &Impostor,
    flags: &[&str],
    grant: impl FnOnce(&str),
) -> Output {
    let command = world.command(&[&["login", "--no-browser"], flags].concat());
    let mut login = Login::of(world.spawn(command), &issuer.url);
    if login.is_asking() {
        grant(&login.parameter("nonce").unwrap());
        let uri = login.parameter("redirect_uri").unwrap();
        let state = login.parameter("state").unwrap();
        let back = [("code", "canary-code"), ("state", &state)];
        login.page(&Url::parse_with_params(&uri, back).unwrap());
    }
    login.end().0
}

/// Whether somebody is signed in, at whatever issuer.
pub(crate) fn is_anybody_signed_in(world: &World) -> bool {
    let is_file = |path: &str| {
        std::fs::read_dir(world.path(path)).is_ok_and(|entries| {
            let mut names = entries.map(|entry| entry.unwrap().file_name());
            names.any(|name| name.to_string_lossy().ends_with(".json"))
        })
    };
    is_file("state/sessions") || is_file("state/logins")
}

/// Asserts that an output shows no part of what a server sent, and no failure of the program.
pub(crate) fn discreet(what: &str, output: &Output) {
    let shown = format!("{}{}", output.stdout, output.stderr);
    for words in ["canary", "panicked", "\u{1b}"] {
        assert!(!shown.contains(words), "{what}: {output:#?}");
    }
}
