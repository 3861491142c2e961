//! How the values of a configuration file are described in its schema, where their types do not say it.

use schemars::JsonSchema;

/// A duration, such as 30s, 5m or 1h; a number is seconds.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it is only a schema")]
pub(super) enum DurationText {
    Text(String),
    Seconds(u64),
}

/// `true` for the first person, or the id of one.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "it is only a schema")]
pub(super) enum Approval {
    First(bool),
    Id(String),
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is only a schema")]
pub(super) enum AlgorithmName {
    #[schemars(rename = "RS256")]
    Rs256,
    #[schemars(rename = "PS256")]
    Ps256,
    #[schemars(rename = "ES256")]
    Es256,
    #[schemars(rename = "EdDSA")]
    EdDsa,
}

#[derive(JsonSchema)]
#[schemars(extend("enum" = [401, 403]))]
#[expect(dead_code, reason = "it is only a schema")]
pub(super) struct MissingScopeStatus(u16);

#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
#[expect(dead_code, reason = "it is only a schema")]
pub(super) enum GrantName {
    AuthorizationCode,
    RefreshToken,
    DeviceCode,
}
