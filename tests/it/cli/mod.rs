//! What holds for every command: help, exit codes, output, profiles.

mod agents;
mod commands_page;
mod completions;
mod drift;
mod errors_for_scripts;
mod exec;
mod exit_codes;
mod explain;
mod help;
mod json_reference;
mod man;
mod network;
mod official_tool;
mod output;
#[cfg(target_os = "linux")]
mod picture;
mod profile;
mod readme;
mod schema;
mod schema_answers;
mod scopes;
mod shell_lines;
mod texts;
mod transcripts;
