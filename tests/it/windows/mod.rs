//! What is of Windows alone: its programs, variables, exit codes, and files that another program has open.

mod programs;
mod sharing;
