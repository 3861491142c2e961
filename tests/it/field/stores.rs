//! Where a session is kept: homes, locks, keyrings with more than one entry.
