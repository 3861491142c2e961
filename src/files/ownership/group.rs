//! Which group is the user's own only, and which owner stands for a root that cannot be
//! named here.

use std::fs;

use nix::unistd::{Group, User};

/// What the system shows in place of users that a container's map leaves out.
const UNMAPPED: u32 = 65534;

/// Whether a group has no member but this user (or is root's): many systems give each user a
/// group of the same name, and files that it can write to.
pub(super) fn is_private(group: u32) -> bool {
    let own = nix::unistd::Gid::effective();
    let me = nix::unistd::Uid::effective();
    if group == 0 || group == own.as_raw() && group == me.as_raw() {
        return true;
    }
    let name = || User::from_uid(me).ok().flatten();
    let members = || Group::from_gid(own).ok().flatten();
    group == own.as_raw()
        && name()
            .zip(members())
            .is_some_and(|(user, group)| is_of_one(&user.name, &group.name, &group.mem))
}

/// Whether a group is named as the user is, and has no other member.
fn is_of_one(user: &str, group: &str, members: &[String]) -> bool {
    user == group && members.iter().all(|member| member == user)
}

/// Whether an owner may be the machine's root, seen from a container that does not map it.
pub(super) fn is_unmapped_root(owner: u32) -> bool {
    owner == UNMAPPED && fs::read_to_string("/proc/self/uid_map").is_ok_and(|map| !maps_root(&map))
}

/// Whether user 0 exists in a map of users: lines of first user inside, first outside, count.
fn maps_root(map: &str) -> bool {
    map.lines()
        .any(|line| line.split_whitespace().next() == Some("0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_private_when_it_is_named_as_its_only_member() {
        let members = |names: &[&str]| {
            names
                .iter()
                .map(|&name| name.to_owned())
                .collect::<Vec<_>>()
        };
        assert!(is_of_one("ines", "ines", &members(&[])));
        assert!(is_of_one("ines", "ines", &members(&["ines"])));
        assert!(!is_of_one("ines", "ines", &members(&["ines", "omar"])));
        assert!(!is_of_one("ines", "staff", &members(&[])));
    }

    #[test]
    fn only_a_map_without_root_hides_it() {
        assert!(maps_root("         0          0 4294967295\n"));
        assert!(maps_root("0 1000 1\n"));
        assert!(!maps_root("      1000       1000          1\n"));
    }
}
