//! docs/openapi.json describes every route of the portal, and no other. Whether the answers are as
//! described, `tests/contract` asks.

use std::collections::BTreeSet;

use reqwest::Method;
use serde_json::{Value, json};

use super::world::{World, options};
use crate::paths;
use crate::route::{Access, Route};
use crate::server::routes;

const METHODS: [Method; 5] = [
    Method::GET,
    Method::POST,
    Method::PUT,
    Method::PATCH,
    Method::DELETE,
];

fn description() -> Value {
    serde_json::from_str(include_str!("../../../../docs/openapi.json")).unwrap()
}

/// Each operation as `GET /path`.
fn described() -> BTreeSet<String> {
    let description = description();
    let paths = description["paths"].as_object().unwrap();
    let methods = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().unwrap().keys();
        methods.map(move |method| format!("{} {path}", method.to_ascii_uppercase()))
    });
    methods.collect()
}

/// The path of every route, with what it asks of its caller.
fn table() -> Vec<(&'static str, Access)> {
    fn of<S>(routes: Vec<Route<S>>) -> impl Iterator<Item = (&'static str, Access)> {
        let infos = routes.into_iter().map(|route| route.info);
        infos.map(|info| (info.path, info.access))
    }
    of(routes::portal())
        .chain(of(routes::resources()))
        .chain(of(routes::taxes()))
        .chain(of(routes::prosper()))
        .chain(of(routes::readable()))
        .chain(of(routes::control()))
        .chain([(paths::INDEX, Access::Open)])
        .collect()
}

/// The same of what is served: which methods a path takes shows in its answer to each.
async fn served() -> BTreeSet<String> {
    let world = World::with(options()).await;
    let mut served = BTreeSet::new();
    for (path, _) in table() {
        for method in METHODS {
            let concrete = path.replace(['{', '}'], "");
            let request = world.http.request(method.clone(), world.at(&concrete));
            let request = request.bearer_auth(world.sandbox.control_token());
            // The feed of the inspector has no end.
            let reply = request.body("").send().await.unwrap();
            if reply.status() != 405 {
                served.insert(format!("{method} {path}"));
            }
        }
    }
    served
}

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let (described, served) = (described(), served().await);
    let missing: Vec<_> = served.difference(&described).collect();
    let invented: Vec<_> = described.difference(&served).collect();
    assert!(missing.is_empty(), "not in docs/openapi.json: {missing:?}");
    assert!(invented.is_empty(), "no route serves: {invented:?}");
    assert!(served.len() > 30);
}

#[test]
fn every_route_is_described_with_the_credential_that_it_asks_for() {
    let description = description();
    for (path, access) in table() {
        let expected = match access {
            Access::Open => Value::Null,
            Access::Client => json!([{ "clientSecret": [] }, {}]),
            Access::Bearer | Access::Representative(_) => json!([{ "accessToken": [] }]),
            Access::Person(_) => json!([{ "accessToken": [] }, { "agentKey": [] }]),
            Access::ProsperToken => json!([{ "prosperToken": [] }]),
            Access::ControlToken => json!([{ "controlToken": [] }]),
            Access::SteeringForm => json!([{ "steeringCookie": [] }]),
        };
        let operations = description["paths"][path].as_object().unwrap();
        for (method, operation) in operations {
            assert_eq!(operation["security"], expected, "{method} {path}");
        }
    }
}

#[test]
fn operations_have_names_of_their_own_and_references_lead_somewhere() {
    let description = description();
    let paths = description["paths"].as_object().unwrap();
    let operations = paths
        .values()
        .flat_map(|path| path.as_object().unwrap().values());
    let names: Vec<_> = operations
        .map(|operation| operation["operationId"].as_str().unwrap())
        .collect();
    let unique: BTreeSet<_> = names.iter().collect();
    assert_eq!(unique.len(), names.len());
    let mut left = vec![&description];
    while let Some(value) = left.pop() {
        match value {
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get("$ref") {
                    let place = reference.strip_prefix('#').unwrap();
                    assert!(description.pointer(place).is_some(), "{reference}");
                }
                left.extend(members.values());
            }
            Value::Array(members) => left.extend(members),
            _ => {}
        }
    }
}
