//! Files and folders of other owners, odd modes, odd variables, and what the process itself leaves behind.
