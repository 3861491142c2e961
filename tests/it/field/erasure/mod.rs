//! A stored session is deleted only when it is known to be worthless, and no expired token leaves the program.

mod destination;
mod expiry;
mod export;
mod login;
mod logout;
mod refused;
mod stores;
