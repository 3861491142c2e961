//! Proxies, certificate authorities and clocks: what works, and what a failure is called.
