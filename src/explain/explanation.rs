//! One page.

/// The page of one code. The texts are sentences; what is in backticks can be typed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Explanation {
    /// The stable word, as the JSON of errors and of `doctor` has it.
    pub code: &'static str,
    /// A few words without a full stop.
    pub title: &'static str,
    pub meaning: &'static str,
    /// The usual causes, the most likely first.
    pub causes: &'static [&'static str],
    /// What to do about it, the first step first.
    pub actions: &'static [&'static str],
}
