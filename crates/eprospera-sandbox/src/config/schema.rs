//! docs/sandbox-config.schema.json as it follows from [`Config`](super::Config); `UPDATE=1` rewrites
//! it.

use crate::config::Config;
use crate::people::schema::published;

#[test]
fn the_published_schema_follows_from_the_settings() {
    published::<Config>("sandbox-config.schema.json");
}
