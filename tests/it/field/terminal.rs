//! Signals and keys at every question and every wait, and the terminal afterwards.
