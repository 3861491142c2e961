//! What a sandbox says about itself once it listens: for people, for scripts, and in a file for who
//! waits.

use eprospera_sandbox::{Client, Sandbox};
use serde_json::{Value, json};

use super::setup::Setup;
use super::tls::Tls;
use crate::context::Context;
use crate::error::Error;
use crate::files::quoted;
use crate::output::Page;

/// The facts for scripts. A secret that is in a configuration file stays there.
pub(super) fn facts(sandbox: &Sandbox, setup: &Setup) -> Value {
    let hidden = &setup.hidden;
    let client = |client: &Client| {
        let mut fields = json!({
            "id": client.id, "secret": client.secret, "redirect_uris": client.redirect_uris,
        });
        if let Some(fields) = fields
            .as_object_mut()
            .filter(|_| hidden.contains(&client.id))
        {
            fields.remove("secret");
        }
        fields
    };
    let mut facts = json!({
        "url": sandbox.url(),
        "files_url": sandbox.files_url(),
        "control_token": sandbox.control_token(),
        "inspector_url": sandbox.inspector_url(),
        "clients": sandbox.clients().iter().map(client).collect::<Vec<_>>(),
        "personas": sandbox.personas().iter().map(|persona| json!({
            "id": persona.id, "name": persona.name, "description": persona.description,
        })).collect::<Vec<_>>(),
    });
    if let Some(certificate) = sandbox.ca_certificate() {
        facts["ca_certificate"] = certificate.into();
        let file = setup.fixed.tls.as_ref().and_then(Tls::certificate_file);
        facts["ca_file"] = file.map(|file| file.display().to_string()).into();
    }
    facts
}

pub(super) fn introduce(sandbox: &Sandbox, setup: &Setup, context: &Context) -> Result<(), Error> {
    let hidden = &setup.hidden;
    if context.output.is_json() {
        // One line, so that a script can wait for it.
        let facts = facts(sandbox, setup);
        return context.output.data(&format!("{facts}\n"));
    }
    context.output.page(&|page: &mut Page| {
        page.say(format!("The sandbox is running at {}", sandbox.url()));
        page.say(format!("Inspector: {}", sandbox.inspector_url()));
        page.say(format!("Its files are at {}", sandbox.files_url()));
        page.say("It is a test double, not the real portal. All its people are fictional.");
        page.gap();
        page.table(
            ["client", "secret", "redirect URIs"],
            sandbox
                .clients()
                .iter()
                .flat_map(|client| client_rows(client, hidden)),
        );
        page.gap();
        page.table(
            ["persona", "name", "good for"],
            sandbox.personas().iter().map(|persona| {
                [
                    persona.id.clone(),
                    persona.name.clone(),
                    persona.description.clone(),
                ]
            }),
        );
        page.gap();
        page.say(format!(
            "Control token for /sandbox/*: {}",
            sandbox.control_token()
        ));
        let elsewhere = match sandbox.url() {
            "http://127.0.0.1:8787" => String::new(),
            url => format!(" --issuer {url}"),
        };
        let tls = setup.fixed.tls.as_ref();
        let certificate = tls.map(|tls| certificate(tls, sandbox.url()));
        let (to_trust, ca_file) = certificate.unwrap_or_default();
        if !to_trust.is_empty() {
            page.say(to_trust);
        }
        let elsewhere = elsewhere + &ca_file;
        page.say(format!(
            "Sign in from another terminal: eprospera --profile sandbox{elsewhere} login"
        ));
        page.say(format!(
            "Sign in with Prosper instead: eprospera --profile sandbox-prosper{elsewhere} login"
        ));
        page.say("Press Ctrl-C to stop.");
    })
}

/// Where the certificate is that clients have to trust, and the flag that names it.
fn certificate(tls: &Tls, url: &str) -> (String, String) {
    const NAME: &str = "sandbox-ca.pem";
    if let Some(file) = tls.certificate_file() {
        let words = format!("CA certificate to trust: {}", file.display());
        return (words, format!(" --ca-file {}", quoted(&file)));
    }
    let url = url.replacen("https", "http", 1);
    let words = format!(
        "Get the CA certificate, which is new at each start: curl -fsSo {NAME} {url}/sandbox/ca.pem"
    );
    (words, format!(" --ca-file {NAME}"))
}

/// A row for each redirect URI; the first says whose they are.
fn client_rows(client: &Client, hidden: &[String]) -> Vec<[String; 3]> {
    let secret = match &client.secret {
        None => "— (public)".to_owned(),
        Some(_) if hidden.contains(&client.id) => "(in the configuration)".to_owned(),
        Some(secret) => secret.clone(),
    };
    let first = client.redirect_uris.first().cloned().unwrap_or_default();
    let mut rows = vec![[client.id.clone(), secret, first]];
    let others = client.redirect_uris.iter().skip(1);
    rows.extend(others.map(|uri| [String::new(), String::new(), uri.clone()]));
    rows
}
