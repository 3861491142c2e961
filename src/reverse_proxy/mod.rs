//! A small reverse proxy to the portal's origin, which adds a fresh access token to each request.

#![cfg_attr(
    not(test),
    expect(dead_code, reason = "`serve` and `exec --proxy` will use it")
)]

mod allow;
mod audit;
#[cfg(unix)]
mod socket;
