//! Small real PDFs that say what they are: made by the sandbox, not real documents.
//!
//! The same input gives the same bytes, so that a broken download can be resumed.

use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

use crate::files::palette::Palette;

const FONT: Name<'static> = Name(b"F1");
const BOLD: Name<'static> = Name(b"F2");
const WIDTH: f32 = 595.0;
const HEIGHT: f32 = 842.0;
const MARGIN: f32 = 56.0;
/// Letters in a line, and lines of a page; what does not fit is left out.
const COLUMNS: usize = 80;
const ROWS: usize = 34;
/// Uphill across the page.
const WATERMARK: [f32; 6] = [0.77, 0.64, -0.64, 0.77, 120.0, 190.0];
const NOTICE: &str =
    "Made by the eprospera sandbox. Not a real document. All people in it are invented.";

/// One page.
pub(crate) struct Sheet {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
}

/// A PDF of some pages, in a persona's colours.
pub(crate) fn document(persona: &str, sheets: &[Sheet]) -> Vec<u8> {
    let mut next = 0;
    let mut number = || {
        next += 1;
        Ref::new(next)
    };
    let (catalog, tree, info) = (number(), number(), number());
    let (font, bold) = (number(), number());
    let pages: Vec<_> = sheets.iter().map(|_| (number(), number())).collect();
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(tree);
    let count = i32::try_from(pages.len()).unwrap_or(i32::MAX);
    pdf.pages(tree)
        .kids(pages.iter().map(|(page, _)| *page))
        .count(count);
    let title = sheets.first().map_or("", |sheet| sheet.title.as_str());
    pdf.document_info(info)
        .title(TextStr(title))
        .creator(TextStr("eprospera sandbox"));
    for (id, name) in [(font, "Helvetica"), (bold, "Helvetica-Bold")] {
        pdf.type1_font(id)
            .base_font(Name(name.as_bytes()))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let palette = Palette::of(persona);
    for ((page, content), sheet) in pages.into_iter().zip(sheets) {
        let mut writer = pdf.page(page);
        writer.media_box(Rect::new(0.0, 0.0, WIDTH, HEIGHT));
        writer.parent(tree);
        writer.contents(content);
        writer.resources().fonts().pair(FONT, font).pair(BOLD, bold);
        writer.finish();
        pdf.stream(content, &drawn(sheet, &palette));
    }
    pdf.finish()
}

fn drawn(sheet: &Sheet, palette: &Palette) -> Vec<u8> {
    let mut content = Content::new();
    let [red, green, blue] = palette.strong.map(|part| f32::from(part) / 255.0);
    content.set_fill_rgb(red, green, blue);
    content.rect(0.0, HEIGHT - 28.0, WIDTH, 28.0).fill_nonzero();
    content.rect(0.0, 0.0, WIDTH, 28.0).fill_nonzero();
    content.set_fill_gray(0.92);
    content.begin_text();
    content.set_font(BOLD, 96.0);
    content.set_text_matrix(WATERMARK);
    content.show(Str(b"SANDBOX"));
    content.end_text();
    content.set_fill_gray(0.1);
    let mut y = HEIGHT - 90.0;
    for line in wrapped(&sheet.title, COLUMNS / 2).into_iter().take(4) {
        write(&mut content, BOLD, 18.0, (MARGIN, y), &line);
        y -= 24.0;
    }
    y -= 12.0;
    let lines = sheet.lines.iter();
    let lines = lines.flat_map(|line| wrapped(line, COLUMNS));
    for line in lines.take(ROWS) {
        write(&mut content, FONT, 11.0, (MARGIN, y), &line);
        y -= 17.0;
    }
    content.set_fill_gray(0.4);
    write(&mut content, FONT, 9.0, (MARGIN, 44.0), NOTICE);
    content.finish().as_slice().to_vec()
}

fn write(content: &mut Content, font: Name<'_>, size: f32, at: (f32, f32), text: &str) {
    content.begin_text();
    content.set_font(font, size);
    content.next_line(at.0, at.1);
    content.show(Str(&latin(text)));
    content.end_text();
}

/// Breaks a text into lines of some letters, wherever that is.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let letters: Vec<_> = text.chars().collect();
    letters.chunks(columns).map(String::from_iter).collect()
}

/// A text in the encoding of the fonts, which for these letters is Latin-1.
fn latin(text: &str) -> Vec<u8> {
    let byte = |letter: char| match u8::try_from(u32::from(letter)) {
        Ok(byte) if !letter.is_control() => byte,
        _ => b'?',
    };
    text.chars().map(byte).collect()
}
