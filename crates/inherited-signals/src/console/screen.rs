//! The keyboard and the screen of the console that this process is at.

use std::fs::File;
use std::io;
use std::os::windows::io::AsRawHandle as _;

use windows_sys::Win32::System::Console::{
    CONSOLE_SCREEN_BUFFER_INFO, COORD, FOREGROUND_BLUE, FOREGROUND_GREEN, FOREGROUND_INTENSITY,
    FOREGROUND_RED, GetConsoleScreenBufferInfo, INPUT_RECORD, INPUT_RECORD_0, KEY_EVENT,
    KEY_EVENT_RECORD, KEY_EVENT_RECORD_0, ReadConsoleOutputAttribute, ReadConsoleOutputCharacterW,
    SMALL_RECT, SetConsoleScreenBufferSize, SetConsoleWindowInfo, WriteConsoleInputW,
};

use super::{send_ctrl_c_here, succeeded};

/// What a person who presses Ctrl-C types.
const CTRL_C: char = '\u{3}';
/// What the key Enter types, and its number.
const ENTER: u16 = 0xd;
/// What the key Backspace types, and its number.
const BACKSPACE: u16 = 0x8;

/// More are not handed over in one call.
const KEYS_AT_ONCE: usize = 512;

/// A console to type at and to look at.
#[derive(Debug)]
pub struct Console {
    /// What a program at this console has as stdin.
    pub keyboard: File,
    /// What it has as stdout and stderr.
    pub screen: File,
}

impl Console {
    /// The console of this process, with a window of so many columns and rows. Its lines are longer than the window
    /// is wide, so that the text that is looked at is not wrapped.
    ///
    /// # Errors
    ///
    /// What the system says, such as that this process has no console.
    pub fn open(columns: i16, rows: i16) -> io::Result<Self> {
        let open = |name| File::options().read(true).write(true).open(name);
        let console = Self {
            keyboard: open("CONIN$")?,
            screen: open("CONOUT$")?,
        };
        // The window lies inside the text at each moment.
        console.show(1, 1)?;
        let whole = COORD { X: 4000, Y: 200 };
        #[expect(unsafe_code, reason = "std knows no screens")]
        // SAFETY: The handle is of an open file, and the size is a value.
        let sized = unsafe { SetConsoleScreenBufferSize(console.screen.as_raw_handle(), whole) };
        succeeded(sized)?;
        console.show(columns, rows)?;
        Ok(console)
    }

    fn show(&self, columns: i16, rows: i16) -> io::Result<()> {
        let window = SMALL_RECT {
            Left: 0,
            Top: 0,
            Right: columns - 1,
            Bottom: rows - 1,
        };
        #[expect(unsafe_code, reason = "std knows no screens")]
        // SAFETY: The handle is of an open file, and the rectangle lives longer than the call.
        let shown =
            unsafe { SetConsoleWindowInfo(self.screen.as_raw_handle(), 1, &raw const window) };
        succeeded(shown)
    }

    /// Presses keys, and then Ctrl-C if that is what the text ends with: it reaches all at this console, and from then on
    /// this process does not heed it.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn types(&self, text: &str) -> io::Result<()> {
        let keys = text.strip_suffix(CTRL_C);
        let events: Vec<_> = keys
            .unwrap_or(text)
            .encode_utf16()
            .flat_map(presses)
            .collect();
        for events in events.chunks(KEYS_AT_ONCE) {
            self.press(events)?;
        }
        // A console that is typed on through this interface would take the letter, and send no event.
        keys.map_or(Ok(()), |_| send_ctrl_c_here())
    }

    fn press(&self, events: &[INPUT_RECORD]) -> io::Result<()> {
        let count = u32::try_from(events.len()).unwrap_or_default();
        let mut written = 0;
        #[expect(unsafe_code, reason = "std presses no keys")]
        // SAFETY: The handle is of an open file; there are as many records as are named, and they and the number outlive the
        // call.
        let pressed = unsafe {
            WriteConsoleInputW(
                self.keyboard.as_raw_handle(),
                events.as_ptr(),
                count,
                &raw mut written,
            )
        };
        succeeded(pressed)?;
        if written != count {
            return Err(io::ErrorKind::WriteZero.into());
        }
        Ok(())
    }

    /// All that is shown down to the cursor, without the blanks at the ends of the lines above it. Colours are the sequences that a
    /// program sends for them, on a console that heeds those as on one that shows them.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn shown(&self) -> io::Result<String> {
        let mut info = CONSOLE_SCREEN_BUFFER_INFO::default();
        #[expect(unsafe_code, reason = "std knows no screens")]
        // SAFETY: The handle is of an open file, and the structure outlives the call.
        let known =
            unsafe { GetConsoleScreenBufferInfo(self.screen.as_raw_handle(), &raw mut info) };
        succeeded(known)?;
        let COORD { X: column, Y: row } = info.dwCursorPosition;
        let mut shown = String::new();
        for above in 0..row {
            let line = self.line(above, info.dwSize.X)?;
            let text = &line[..line.len() - blanks_at_the_end(&line)];
            shown.push_str(&self.painted(text, above, info.wAttributes)?);
            shown.push('\n');
        }
        let last = self.line(row, column)?;
        shown.push_str(&self.painted(&last, row, info.wAttributes)?);
        Ok(shown)
    }

    /// The beginning of a line, with sequences where its letters are not in the usual colour.
    fn painted(&self, letters: &[u16], row: i16, usual: u16) -> io::Result<String> {
        let mut shown = String::new();
        let mut rest = letters;
        let colours = self.colours(row, letters.len())?;
        for same in colours.chunk_by(PartialEq::eq) {
            let (text, behind) = rest.split_at(same.len().min(rest.len()));
            let text = String::from_utf16_lossy(text);
            rest = behind;
            if same[0] == usual {
                shown.push_str(&text);
            } else {
                for part in [&sequences(same[0]), &text, "\u{1b}[0m"] {
                    shown.push_str(part);
                }
            }
        }
        Ok(shown)
    }

    /// The colours of the first letters of a line.
    fn colours(&self, row: i16, length: usize) -> io::Result<Vec<u16>> {
        let mut colours = vec![0; length];
        let mut read = 0;
        #[expect(unsafe_code, reason = "std knows no screens")]
        // SAFETY: The handle is of an open file, and there is room for as much as is asked for.
        let done = unsafe {
            ReadConsoleOutputAttribute(
                self.screen.as_raw_handle(),
                colours.as_mut_ptr(),
                u32::try_from(length).unwrap_or_default(),
                COORD { X: 0, Y: row },
                &raw mut read,
            )
        };
        succeeded(done)?;
        Ok(colours)
    }

    /// The beginning of a line.
    fn line(&self, row: i16, columns: i16) -> io::Result<Vec<u16>> {
        let mut units = vec![0; usize::try_from(columns).unwrap_or_default()];
        let length = u32::try_from(units.len()).unwrap_or_default();
        let mut read = 0;
        #[expect(unsafe_code, reason = "std knows no screens")]
        // SAFETY: The handle is of an open file, and there is room for as much as is asked for.
        let done = unsafe {
            ReadConsoleOutputCharacterW(
                self.screen.as_raw_handle(),
                units.as_mut_ptr(),
                length,
                COORD { X: 0, Y: row },
                &raw mut read,
            )
        };
        succeeded(done)?;
        units.truncate(usize::try_from(read).unwrap_or_default());
        Ok(units)
    }
}

fn blanks_at_the_end(line: &[u16]) -> usize {
    let blank = u16::from(b' ');
    line.iter().rev().take_while(|unit| **unit == blank).count()
}

/// What a program sends for a colour of the console: bold where that is bright, and the colour by its number, in which red and blue
/// have changed places.
fn sequences(colour: u16) -> String {
    let bold = if colour & FOREGROUND_INTENSITY == 0 {
        ""
    } else {
        "\u{1b}[1m"
    };
    let parts = [FOREGROUND_RED, FOREGROUND_GREEN, FOREGROUND_BLUE];
    let number = parts
        .iter()
        .rev()
        .fold(0, |number, part| 2 * number + u16::from(colour & part != 0));
    match number {
        7 => bold.to_owned(),
        number => format!("{bold}\u{1b}[3{number}m"),
    }
}

/// A key that goes down and up.
fn presses(unit: u16) -> [INPUT_RECORD; 2] {
    let key = if [ENTER, BACKSPACE].contains(&unit) {
        unit
    } else {
        0
    };
    [1, 0].map(|is_down| INPUT_RECORD {
        EventType: u16::try_from(KEY_EVENT).unwrap_or_default(),
        Event: INPUT_RECORD_0 {
            KeyEvent: KEY_EVENT_RECORD {
                bKeyDown: is_down,
                wRepeatCount: 1,
                wVirtualKeyCode: key,
                wVirtualScanCode: 0,
                uChar: KEY_EVENT_RECORD_0 { UnicodeChar: unit },
                dwControlKeyState: 0,
            },
        },
    })
}
