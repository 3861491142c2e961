//! The loopback listener, the browser that comes back to it, and the opener.
