//! What a path that leads nowhere was meant to be.
//!
//! The path itself is not repeated: it may hold an id, or a secret in the wrong place.

use crate::paths;

/// Where other servers have their metadata (RFC 8414 §3), and where people look for keys.
const METADATA: [&str; 2] = ["oauth-authorization-server", "openid-configuration"];
const KEYS: [&str; 4] = ["jwks", "jwks.json", "certs", "keys"];
/// A longer path is none that someone mistyped.
const MAX_CHARS: usize = 200;

/// What to ask for instead of a path.
pub(crate) fn advice(path: &str, routes: &[&'static str]) -> String {
    let short = path.trim_end_matches('/');
    let at_fault = |route: &&str| fits(route, short);
    let mut parts = path.split('/');
    if parts.clone().any(|part| METADATA.contains(&part)) {
        return format!("the metadata is at `{}`", paths::DISCOVERY);
    }
    if short != path
        && let Some(route) = routes.iter().copied().find(at_fault)
    {
        return format!("leave out the `/` at the end: `{route}`");
    }
    if let Some(route) = nearest(short, routes) {
        return format!("did you mean `{route}`? The endpoints are listed at `/`");
    }
    if parts.any(|part| KEYS.contains(&part)) {
        return format!("the keys are at `{}`", paths::JWKS);
    }
    format!(
        "compare the path with the endpoints at `/`: the OAuth endpoints are in `{}`",
        paths::DISCOVERY
    )
}

/// Whether a path is one of a route, with anything where an id goes.
fn fits(route: &str, path: &str) -> bool {
    let is_same = |(name, part): (&str, &str)| name == part || is_id(name) && !part.is_empty();
    let (names, parts) = (route.split('/'), path.split('/'));
    names.clone().count() == parts.clone().count() && names.zip(parts).all(is_same)
}

fn is_id(name: &str) -> bool {
    name.starts_with('{')
}

/// The route that a path is most like, if it is like any: a few letters differ, or it ends alike.
fn nearest(path: &str, routes: &[&'static str]) -> Option<&'static str> {
    if path.chars().count() > MAX_CHARS {
        return None;
    }
    let path = path.to_ascii_lowercase();
    let measured = routes.iter().filter(|route| route.len() > 1).map(|route| {
        let wanted = filled(route, &path);
        (strsim::damerau_levenshtein(&wanted, &path), *route)
    });
    let measured: Vec<_> = measured.collect();
    let close = measured
        .iter()
        .filter(|(distance, route)| *distance <= (route.len() / 5).max(2));
    let ends_alike = |route: &&str| {
        let end = |text: &str| {
            text.rsplit('/')
                .next()
                .unwrap_or_default()
                .replace('_', "-")
        };
        !is_id(&end(route)) && end(route) == end(&path)
    };
    let alike = measured.iter().filter(|(_, route)| ends_alike(route));
    let found = close.min().or_else(|| alike.min());
    found.map(|(_, route)| *route)
}

/// A route with the ids of a path.
fn filled(route: &str, path: &str) -> String {
    let mut parts = path.split('/');
    let names = route.split('/').map(|name| match parts.next() {
        Some(part) if is_id(name) => part,
        _ => name,
    });
    names.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROUTES: [&str; 9] = [
        "/api/oauth/authorize",
        "/api/oauth/token",
        "/api/oauth/userinfo",
        "/api/v1/me/natural-person",
        "/api/v1/me/natural-person/documents",
        "/api/v1/me/legal-entities",
        "/api/v1/me/legal-entities/{id}",
        "/api/v1/me/legal-entities/{id}/documents",
        "/login",
    ];

    #[test]
    fn a_path_that_leads_nowhere_gets_the_route_that_was_meant() {
        for (path, advice_of_it) in [
            (
                "/api/oauth/token/",
                "leave out the `/` at the end: `/api/oauth/token`",
            ),
            (
                "/api/oauth/token//",
                "leave out the `/` at the end: `/api/oauth/token`",
            ),
            (
                "/api/v1/me/legal-entities/7f/",
                "leave out the `/` at the end: `/api/v1/me/legal-entities/{id}`",
            ),
            (
                "/api/v1/me/natural_person",
                "did you mean `/api/v1/me/natural-person`?",
            ),
            (
                "/api/v1/natural-person",
                "did you mean `/api/v1/me/natural-person`?",
            ),
            (
                "/api/v1/me/legal-entities/7f2a/document",
                "did you mean `/api/v1/me/legal-entities/{id}/documents`?",
            ),
            ("/API/OAuth/Token", "did you mean `/api/oauth/token`?"),
            ("/api//oauth/token", "did you mean `/api/oauth/token`?"),
            ("/oauth/token", "did you mean `/api/oauth/token`?"),
            ("/oauth2/v1/userinfo", "did you mean `/api/oauth/userinfo`?"),
            ("/authorize", "did you mean `/api/oauth/authorize`?"),
            (
                "/.well-known/oauth-authorization-server",
                "the metadata is at `/.well-known/openid-configuration`",
            ),
            (
                "/.well-known/oauth-authorization-server/api/oauth",
                "the metadata is at `/.well-known/openid-configuration`",
            ),
            (
                "/.well-known/openid-configuration/",
                "the metadata is at `/.well-known/openid-configuration`",
            ),
            (
                "/oauth/certs",
                "the keys are at `/api/oauth/.well-known/jwks.json`",
            ),
            ("/x", "compare the path with the endpoints at `/`"),
            ("/", "compare the path with the endpoints at `/`"),
            (
                "/wp-admin/setup.php",
                "compare the path with the endpoints at `/`",
            ),
        ] {
            let advice = advice(path, &ROUTES);
            assert!(advice.starts_with(advice_of_it), "{path}: {advice}");
        }
        let long = format!("/api/oauth/token{}", "x".repeat(60_000));
        assert!(advice(&long, &ROUTES).starts_with("compare"));
    }
}
