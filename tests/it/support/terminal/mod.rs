//! A person at a terminal: a pseudoterminal on Linux, a console without a window on Windows.

#[cfg(windows)]
mod console;
#[cfg(target_os = "linux")]
mod script;

use url::Url;

#[cfg(windows)]
pub(crate) use console::Terminal;
#[cfg(target_os = "linux")]
pub(crate) use script::Terminal;

/// What a terminal has shown, without the line that moves while a person waits: on a slow machine it comes
/// where a test waits for nothing.
pub(crate) fn without_waits(shown: &str) -> String {
    const ERASED: &str = "\u{1b}[2K";
    let mut rest = shown;
    let mut text = String::new();
    while let Some(start) = rest.find(|letter| matches!(letter, '\u{2801}'..='\u{28ff}')) {
        let Some(end) = rest[start..].find(ERASED) else {
            break;
        };
        text.push_str(&rest[..start]);
        rest = &rest[start + end + ERASED.len()..];
    }
    text + rest
}

/// The same as lines that end as those of a text do: a pseudoterminal ends each with a carriage return, too.
pub(crate) fn lines_of(shown: &str) -> String {
    without_waits(shown).replace("\r\n", "\n")
}

impl Terminal {
    /// The authorization URL, once it is on the screen.
    pub(crate) fn url(&mut self) -> Url {
        self.wait_for("Ctrl-C to cancel");
        let plain = anstream::adapter::strip_str(&self.seen).to_string();
        let mut lines = plain.lines();
        let line = lines.find(|line| line.contains("code_challenge_method=S256"));
        line.unwrap().trim().parse().unwrap()
    }
}
