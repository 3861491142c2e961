//! The report for a bug report: Markdown without secrets, names and addresses of people.

use std::fmt::Write as _;

use super::row::{Row, groups, name_of};
use crate::context::Context;
use crate::output::line;
use crate::session::Account;

/// The rows as Markdown.
pub(crate) fn markdown(context: &Context, rows: &[Row], accounts: &[Account]) -> String {
    let mask = Mask::of(context, accounts);
    let mut text = format!(
        "### eprospera doctor\n\n- version: {}\n- system: {} {}\n\n\
         | check | state | code | message | fix |\n| --- | --- | --- | --- | --- |\n",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
    );
    for row in rows {
        let cell = |text: &str| mask.apply(&line(text)).replace('|', "\\|");
        let fix = row
            .fix
            .as_deref()
            .map_or_else(String::new, |fix| format!("`{}`", cell(fix)));
        // Writing to a text never fails.
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} | {fix} |",
            row.id,
            row.state.name(),
            row.code.name(),
            cell(&row.message)
        );
    }
    let groups: Vec<_> = groups(rows).into_iter().map(name_of).collect();
    let _ = writeln!(text, "\nGroups: {}", groups.join(" "));
    text
}

/// What stands for what.
struct Mask(Vec<(String, &'static str)>);

impl Mask {
    fn of(context: &Context, accounts: &[Account]) -> Self {
        let mut known = Vec::new();
        for account in accounts {
            known.extend(account.email.clone().map(|text| (text, "[e-mail]")));
            known.extend(account.name.clone().map(|text| (text, "[name]")));
            known.push((account.subject.clone(), "[subject]"));
        }
        known.extend(context.environment.text("HOME").map(|home| (home, "~")));
        for name in ["USER", "LOGNAME"] {
            known.extend(context.environment.text(name).map(|user| (user, "[user]")));
        }
        known.retain(|(text, _)| text.len() > 2);
        // A longer text may hold a shorter one.
        known.sort_by_key(|(text, _)| std::cmp::Reverse(text.len()));
        Self(known)
    }

    fn apply(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for (known, mask) in &self.0 {
            text = text.replace(known, mask);
        }
        let words = text.split(' ').map(|word| match word.split_once('@') {
            // An address of a person, or of a URL with a user.
            Some((before, after)) if !before.is_empty() && after.contains('.') => "[e-mail]",
            _ => word,
        });
        words.collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_names_a_person_is_masked() {
        let mask = Mask(vec![
            ("ada@example.org".to_owned(), "[e-mail]"),
            ("Ada Lovelace".to_owned(), "[name]"),
            ("/srv/ada".to_owned(), "~"),
        ]);
        for (text, masked) in [
            (
                "signed in as ada@example.org; valid",
                "signed in as [e-mail]; valid",
            ),
            ("Ada Lovelace at /srv/ada/.config", "[name] at ~/.config"),
            ("mail eve@example.net here", "mail [e-mail] here"),
            ("nothing @ all", "nothing @ all"),
        ] {
            assert_eq!(mask.apply(text), masked);
        }
    }
}
