//! What stands in for a person's browser where the sandbox approves by itself.

use url::Url;

use crate::error::Error;
use crate::http::{self, Request};

/// Redirects that a sign-in may take.
const LONGEST_CHAIN: usize = 10;

/// Follows redirects as a browser would, until a page comes.
pub(super) async fn follow(mut url: Url) -> Result<(), Error> {
    let http = http::Client::open(&http::Options {
        plain_loopback: true,
        ..http::Options::default()
    })?;
    for _ in 0..LONGEST_CHAIN {
        let answer = http.send(Request::get(&url)).await?;
        let Some(next) = answer.text("location") else {
            return if answer.is_success() {
                Ok(())
            } else {
                Err(Error::failure(format!(
                    "the sign-in ended in HTTP {}",
                    answer.status
                )))
            };
        };
        url = url.join(next).map_err(Error::failure)?;
    }
    Err(Error::failure("the sign-in keeps redirecting"))
}
