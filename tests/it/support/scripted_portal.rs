//! A server that answers every request with what a test says: for answers that no portal and no
//! sandbox gives.

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use tiny_http::{Header, Response, Server};

/// The address, and what was asked.
pub(crate) struct ScriptedPortal {
    server: Arc<Server>,
    asked: Arc<Mutex<Vec<String>>>,
    answering: Option<JoinHandle<()>>,
}

impl ScriptedPortal {
    /// Answers each path with its query.
    pub(crate) fn new(answer: impl Fn(&str) -> (u16, String) + Send + 'static) -> Self {
        let server = Arc::new(Server::http("127.0.0.1:0").unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (at_work, note) = (Arc::clone(&server), Arc::clone(&asked));
        let answering = std::thread::spawn(move || {
            for request in at_work.incoming_requests() {
                note.lock().unwrap().push(request.url().to_owned());
                let (status, body) = answer(request.url());
                let header = Header::from_bytes("content-type", "application/json").unwrap();
                let response = Response::from_string(body)
                    .with_status_code(status)
                    .with_header(header);
                // A client that has gone is the test's own business.
                drop(request.respond(response));
            }
        });
        Self {
            server,
            asked,
            answering: Some(answering),
        }
    }

    /// Gives the same answer to all.
    pub(crate) fn saying(status: u16, body: &str) -> Self {
        let body = body.to_owned();
        Self::new(move |_| (status, body.clone()))
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.server.server_addr())
    }

    /// The paths with their queries, in order.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Drop for ScriptedPortal {
    fn drop(&mut self) {
        self.server.unblock();
        self.answering.take().unwrap().join().unwrap();
    }
}
