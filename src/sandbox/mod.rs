//! The other side of the wire: a strict local portal.
