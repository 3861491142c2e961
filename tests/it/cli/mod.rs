//! What holds for every command: help, exit codes, output, profiles.

mod agents;
mod completions;
mod exec;
mod exit_codes;
mod explain;
mod help;
mod json_reference;
mod man;
mod network;
mod official_tool;
mod output;
mod picture;
mod profile;
mod readme;
mod scopes;
mod texts;
mod transcripts;
