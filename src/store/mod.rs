//! Where a session sleeps.
