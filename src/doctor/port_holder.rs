//! Which program listens on a port of this machine. Linux says so below `/proc`; other systems only
//! tell their administrators.

/// A program that listens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    pub(super) id: u32,
    program: String,
    /// Whether it is a `login` of this program.
    pub(super) is_login: bool,
    /// Whether this process was started from it.
    pub(super) is_above: bool,
}

impl Holder {
    pub(super) fn name(&self) -> String {
        format!("{} (process {})", self.program, self.id)
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn of(_port: u16) -> Option<Holder> {
    None
}

#[cfg(target_os = "linux")]
pub(super) use linux::of;

#[cfg(target_os = "linux")]
mod linux {
    use std::fs;
    use std::path::PathBuf;

    use super::Holder;

    /// The state of a socket that listens, in the tables of the kernel.
    const LISTENS: &str = "0A";

    pub(in crate::doctor) fn of(port: u16) -> Option<Holder> {
        let sockets: Vec<_> = ["/proc/net/tcp", "/proc/net/tcp6"]
            .iter()
            .filter_map(|table| fs::read_to_string(table).ok())
            .flat_map(|table| inodes(&table, port))
            .map(|inode| PathBuf::from(format!("socket:[{inode}]")))
            .collect();
        let mut hidden = Vec::new();
        for id in processes() {
            let Ok(files) = fs::read_dir(format!("/proc/{id}/fd")) else {
                hidden.push(id);
                continue;
            };
            let mut targets = files
                .flatten()
                .filter_map(|file| fs::read_link(file.path()).ok());
            if targets.any(|target| sockets.contains(&target)) {
                return Some(holder(id));
            }
        }
        // A process that keeps its memory to itself, as this program does, hides its files too.
        let mut hidden = hidden.into_iter().map(holder);
        hidden.find(|holder| holder.is_login)
    }

    /// The sockets of a table that listen on a port.
    fn inodes(table: &str, port: u16) -> Vec<String> {
        let port = format!(":{port:04X}");
        let rows = table
            .lines()
            .map(|row| row.split_whitespace().collect::<Vec<_>>());
        rows.filter(|row| row.len() > 9 && row[1].ends_with(&port) && row[3] == LISTENS)
            .map(|row| row[9].to_owned())
            .collect()
    }

    fn processes() -> Vec<u32> {
        let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
        let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
        names.filter_map(|name| name.parse().ok()).collect()
    }

    fn holder(id: u32) -> Holder {
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let words: Vec<_> = line
            .split(|byte| *byte == 0)
            .map(|word| String::from_utf8_lossy(word).into_owned())
            .collect();
        let named = fs::read_to_string(format!("/proc/{id}/comm")).unwrap_or_default();
        let program = named.trim().to_owned();
        let is_login = program == "eprospera" && words.iter().any(|word| word == "login");
        Holder {
            id,
            program,
            is_login,
            is_above: is_above(id),
        }
    }

    /// Whether a process is this one's parent, or a parent of that.
    fn is_above(id: u32) -> bool {
        let mut at = std::process::id();
        while at > 1 {
            if at == id {
                return true;
            }
            let stat = fs::read_to_string(format!("/proc/{at}/stat")).unwrap_or_default();
            // The name before it can hold any sign.
            let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
            let Some(Ok(parent)) = after.split_whitespace().nth(1).map(str::parse) else {
                return false;
            };
            at = parent;
        }
        false
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn the_holder_of_a_port_is_found_by_its_socket() {
            let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
            let found = of(listener.local_addr().unwrap().port()).unwrap();
            assert_eq!(found.id, std::process::id());
            assert!(found.is_above && !found.is_login);
        }

        #[test]
        fn only_sockets_that_listen_on_the_port_count() {
            let row = |at: &str, state: &str, inode: &str| {
                format!("0: {at} 00000000:0000 {state} 0:0 0:0 0 0 0 {inode} 1")
            };
            let table = [
                row("0100007F:2220", "0A", "1"),
                row("0100007F:2220", "01", "2"),
                row("0100007F:2221", "0A", "3"),
            ];
            assert_eq!(inodes(&table.join("\n"), 0x2220), ["1"]);
        }
    }
}
