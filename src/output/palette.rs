//! Every colour of the program. Nothing is said by colour alone.
//!
//! Only the colours that each terminal's own theme defines are used, and none that is unreadable
//! on a light or a dark background in the usual themes: no bright ones, no white, no black.

use anstyle::{AnsiColor, Effects, Style};
use jaq_json::write::Styles;

/// `error:`.
pub(super) const ERROR: Style = AnsiColor::Red.on_default().bold();
/// `warning:`. Bold yellow is bright yellow on many terminals, and unreadable on white.
pub(super) const WARNING: Style = AnsiColor::Yellow.on_default();
/// `hint:`.
pub(super) const HINT: Style = AnsiColor::Cyan.on_default().bold();
/// What stands above other rows.
pub(crate) const HEADING: Style = Style::new().bold();
/// The names of values and columns.
pub(super) const LABEL: Style = Style::new().effects(Effects::DIMMED);
/// Something that a person types or opens.
pub(crate) const INPUT: Style = AnsiColor::Cyan.on_default();

/// How good or bad a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing to do.
    Good,
    /// To be looked at, or over.
    Caution,
    /// Something is wrong or late.
    Bad,
    /// Neither.
    Plain,
}

impl Tone {
    pub(super) fn style(self) -> Style {
        match self {
            Self::Good => AnsiColor::Green.on_default(),
            Self::Caution => AnsiColor::Yellow.on_default(),
            Self::Bad => AnsiColor::Red.on_default(),
            Self::Plain => Style::new(),
        }
    }
}

/// The colours of JSON: those of jq, but for its null, which is dark on dark.
pub(super) fn json() -> Styles {
    let styled = |style: Style| style.render().to_string();
    Styles {
        null: styled(LABEL),
        str: styled(AnsiColor::Green.on_default()),
        key: styled(AnsiColor::Blue.on_default().bold()),
        reset: styled_reset(),
        ..Styles::default()
    }
}

fn styled_reset() -> String {
    anstyle::Reset.render().to_string()
}
