//! A browser without eyes: follows redirects, keeps a cookie, sends the forms that a page would
//! send by itself, and presses the buttons that a test names.

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use url::Url;

/// Redirects and self-sent forms before a page must have come.
const LONGEST_CHAIN: usize = 10;

/// What the person sees.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// What the address bar shows.
    pub(crate) url: Url,
    pub(crate) text: String,
    /// Every address on the way, the last one included.
    pub(crate) trail: Vec<Url>,
}

impl Page {
    pub(crate) fn says(&self, words: &str) -> &Self {
        assert!(self.text.contains(words), "no {words:?} in {self:#?}");
        self
    }

    /// The code, when an address on the way carried it.
    pub(crate) fn code(&self) -> Option<String> {
        let code = |url: &Url| {
            let found = url.query_pairs().find(|(name, _)| name == "code");
            found.map(|(_, value)| value.into_owned())
        };
        self.trail.iter().find_map(code)
    }

    /// Where the page's form goes, and its hidden fields.
    fn form(&self) -> Option<(Url, Vec<(String, String)>)> {
        let form = self.text.split_once("<form method=\"post\"")?.1;
        let action = unescaped(between(form, "action=\"", "\"")?);
        let fields = form
            .split("<input type=\"hidden\"")
            .skip(1)
            .filter_map(|input| {
                let name = between(input, "name=\"", "\"")?;
                let value = between(input, "value=\"", "\"")?;
                Some((unescaped(name), unescaped(value)))
            });
        Some((self.url.join(&action).ok()?, fields.collect()))
    }
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> Option<&'a str> {
    Some(text.split_once(open)?.1.split_once(close)?.0)
}

fn unescaped(text: &str) -> String {
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// One browser with one cookie.
pub(crate) struct Browser {
    http: reqwest::Client,
    cookie: Option<String>,
}

impl Browser {
    pub(crate) fn new() -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(Policy::none())
            .build()
            .unwrap();
        Self { http, cookie: None }
    }

    /// Trusts the authority of a sandbox that speaks https, and no other.
    pub(crate) async fn trust(&mut self, url: &Url) {
        let origin = url
            .origin()
            .ascii_serialization()
            .replacen("https", "http", 1);
        let certificate = self.http.get(format!("{origin}/sandbox/ca.pem")).send();
        let certificate = certificate.await.unwrap().text().await.unwrap();
        let certificate = reqwest::Certificate::from_pem(certificate.as_bytes()).unwrap();
        let builder = reqwest::Client::builder().tls_certs_only([certificate]);
        let builder = builder.no_proxy().redirect(Policy::none());
        self.http = builder.build().unwrap();
    }

    /// Opens an address and goes on until a page wants a person.
    pub(crate) async fn open(&mut self, url: &Url) -> Page {
        let request = self.http.get(url.clone());
        self.follow(request, url.clone()).await
    }

    /// Where an address sends the browser, which does not go there.
    pub(crate) async fn sent_to(&mut self, url: &Url) -> Url {
        let answer = self.send(self.http.get(url.clone())).await;
        let location = answer.headers()[LOCATION].to_str().unwrap();
        url.join(location).unwrap()
    }

    /// Presses the button of a page's form, with further fields as chosen.
    pub(crate) async fn submit(&mut self, page: &Page, chosen: &[(&str, &str)]) -> Page {
        let (action, mut fields) = page
            .form()
            .unwrap_or_else(|| panic!("no form in {page:#?}"));
        fields.extend(
            chosen
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned())),
        );
        let request = self.http.post(action.clone()).form(&fields);
        self.follow(request, action).await
    }

    /// From the login page to the consent page, as a persona.
    pub(crate) async fn sign_in(&mut self, url: &Url, persona: &str) -> Page {
        let login = self.open(url).await;
        self.submit(&login, &[("persona", persona)]).await
    }

    async fn follow(&mut self, first: reqwest::RequestBuilder, first_url: Url) -> Page {
        let (mut request, mut url) = (first, first_url);
        let mut trail = Vec::new();
        for _ in 0..LONGEST_CHAIN {
            trail.push(url.clone());
            let answer = self.send(request).await;
            if let Some(location) = answer.headers().get(LOCATION) {
                url = url.join(location.to_str().unwrap()).unwrap();
                request = self.http.get(url.clone());
                continue;
            }
            let page = Page {
                status: answer.status().as_u16(),
                url: url.clone(),
                text: answer.text().await.unwrap(),
                trail: trail.clone(),
            };
            let Some((action, fields)) = sent_by_script(&page) else {
                return page;
            };
            request = self.http.post(action.clone()).form(&fields);
            url = action;
        }
        panic!("the redirects go round in circles");
    }

    async fn send(&mut self, mut request: reqwest::RequestBuilder) -> reqwest::Response {
        if let Some(cookie) = &self.cookie {
            request = request.header(COOKIE, cookie);
        }
        let answer = request.send().await.unwrap();
        if let Some(cookie) = answer.headers().get(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next();
            self.cookie = pair.map(str::to_owned);
        }
        answer
    }
}

/// The JSON at an address, with a bearer token.
pub(crate) async fn get_as(url: &str, token: &str) -> serde_json::Value {
    serde_json::from_str(&body(url, token).await).unwrap()
}

/// The body at an address, with a bearer token.
pub(crate) async fn body(url: &str, token: &str) -> String {
    let request = Browser::new().http.get(url).bearer_auth(token);
    request.send().await.unwrap().text().await.unwrap()
}

/// The status of a POST with a bearer token.
pub(crate) async fn post_as(url: &str, token: &str) -> u16 {
    let request = Browser::new().http.post(url).bearer_auth(token);
    request.send().await.unwrap().status().as_u16()
}

/// Status and headers of a request that says it means another host.
pub(crate) async fn with_host(url: &str, host: &str) -> (u16, reqwest::header::HeaderMap) {
    let request = Browser::new().http.get(url).header("host", host);
    let answer = request.send().await.unwrap();
    (answer.status().as_u16(), answer.headers().clone())
}

/// The JSON that a form gets; an empty body is `null`.
pub(crate) async fn post(url: &str, form: &[(&str, &str)]) -> serde_json::Value {
    let request = Browser::new().http.post(url).form(form);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let body = answer.bytes().await.unwrap();
    serde_json::from_slice(&body).unwrap_or_default()
}

/// The form that the page's own script would send: a form post, or the fragment of the address.
fn sent_by_script(page: &Page) -> Option<(Url, Vec<(String, String)>)> {
    if page.text.contains("document.forms[0].submit()") {
        return page.form();
    }
    let fragment = page
        .url
        .fragment()
        .filter(|_| page.text.contains("window.location.hash"))?;
    let fields = url::form_urlencoded::parse(fragment.as_bytes())
        .into_owned()
        .collect();
    let mut action = page.url.clone();
    action.set_fragment(None);
    Some((action, fields))
}
