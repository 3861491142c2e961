//! The columns of a list, and what becomes of them where a terminal is too narrow for all.

use std::collections::HashSet;

use comfy_table::{CellAlignment, Table};

use crate::output::palette::Tone;

/// Between two columns.
pub(super) const GAP: u16 = 2;
/// A text in a list is shown this wide before other columns get any room.
pub(super) const COMFORTABLE: u16 = 30;
/// A text in a list that would be cut shorter is better read in a card.
pub(super) const TOLERABLE: u16 = 12;
/// No id is shortened further, in characters.
const SHORTEST_ID: usize = 8;

#[derive(Clone, Copy, Debug)]
pub(crate) struct Column {
    pub(super) title: &'static str,
    pub(super) room: Room,
    pub(super) alignment: CellAlignment,
    /// Whether it can be left out; the greatest goes first.
    rank: Option<u8>,
    tone: Option<fn(&str) -> Tone>,
}

/// What happens to a column where a terminal is too narrow for all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Room {
    Cut,
    Whole,
    /// It keeps as many characters as make each different.
    Id,
}

impl Column {
    const fn new(title: &'static str, room: Room) -> Self {
        Self {
            title,
            room,
            alignment: CellAlignment::Left,
            rank: None,
            tone: None,
        }
    }

    /// A text that can be cut short.
    pub(crate) const fn text(title: &'static str) -> Self {
        Self::new(title, Room::Cut)
    }

    /// What is of no use unless it is whole, such as an amount.
    pub(crate) const fn whole(title: &'static str) -> Self {
        Self::new(title, Room::Whole)
    }

    /// An id that commands take as an argument, whole or its beginning.
    pub(crate) const fn id(title: &'static str) -> Self {
        Self::new(title, Room::Id)
    }

    /// The same, left out where there is no room; the greatest rank goes first.
    #[must_use]
    pub(crate) const fn spare(mut self, rank: u8) -> Self {
        self.rank = Some(rank);
        self
    }

    /// The same, aligned at the right, as amounts are.
    #[must_use]
    pub(crate) const fn right(mut self) -> Self {
        self.alignment = CellAlignment::Right;
        self
    }

    /// The same, with a tone for each of its words.
    #[must_use]
    pub(crate) const fn toned(mut self, tone: fn(&str) -> Tone) -> Self {
        self.tone = Some(tone);
        self
    }

    pub(super) fn tone_of(&self, value: &str) -> Tone {
        self.tone.map_or(Tone::Plain, |tone| tone(value))
    }
}

/// How much room the columns of a list need.
pub(super) struct Needs<'a> {
    columns: &'a [Column],
    widths: Vec<u16>,
}

impl<'a> Needs<'a> {
    pub(super) fn of(columns: &'a [Column], table: &Table) -> Self {
        let widths = table.column_max_content_widths();
        Self { columns, widths }
    }

    /// The least width of these columns, where no text is cut below a number of characters.
    pub(super) fn at_least(&self, shown: &[usize], text: u16) -> usize {
        let widths = shown.iter().map(|&index| match self.columns[index].room {
            Room::Cut => self.widths[index].min(text),
            Room::Whole | Room::Id => self.widths[index],
        });
        let gaps = usize::from(GAP) * shown.len().saturating_sub(1);
        widths.map(usize::from).sum::<usize>() + gaps
    }

    /// Takes spare columns away until the others fit, and gives their names.
    pub(super) fn spare(&self, shown: &mut Vec<usize>, width: u16) -> Vec<&'static str> {
        let mut left_out = Vec::new();
        while self.at_least(shown, COMFORTABLE) > usize::from(width) {
            let spare = shown
                .iter()
                .enumerate()
                .filter_map(|(position, &index)| Some((self.columns[index].rank?, position)))
                .max();
            let Some((_, position)) = spare else { break };
            left_out.insert(0, self.columns[shown.remove(position)].title);
        }
        left_out
    }
}

/// The same rows with ids that are as short as they can be, and whether that made a difference.
pub(super) fn with_short_ids<const N: usize>(
    columns: &[Column; N],
    rows: &[[Option<String>; N]],
) -> (Vec<[Option<String>; N]>, bool) {
    let mut rows = rows.to_vec();
    let mut is_shorter = false;
    for (index, _) in columns
        .iter()
        .enumerate()
        .filter(|(_, column)| column.room == Room::Id)
    {
        let ids: Vec<_> = rows.iter().filter_map(|row| row[index].clone()).collect();
        let length = unique_length(&ids);
        for id in rows.iter_mut().filter_map(|row| row[index].as_mut()) {
            if let Some((end, _)) = id.char_indices().nth(length) {
                id.truncate(end);
                is_shorter = true;
            }
        }
    }
    (rows, is_shorter)
}

/// How many characters make each of these ids different from all others.
fn unique_length(ids: &[String]) -> usize {
    let all: HashSet<_> = ids.iter().collect();
    let longest = ids.iter().map(|id| id.chars().count()).max().unwrap_or(0);
    (SHORTEST_ID..longest)
        .find(|&length| {
            let short = all
                .iter()
                .map(|id| id.chars().take(length).collect::<String>());
            short.collect::<HashSet<_>>().len() == all.len()
        })
        .unwrap_or(longest)
}
