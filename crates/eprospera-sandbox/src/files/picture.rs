//! Drawn pictures for identity checks: a card, its back, or a face, in a persona's colours.
//!
//! They cannot be taken for photographs, and the same input gives the same bytes.

use jpeg_encoder::{ColorType, Encoder};

use crate::files::palette::{Colour, Palette};

const WIDTH: u16 = 320;
const HEIGHT: u16 = 200;
const QUALITY: u8 = 85;
const WHITE: Colour = [250, 250, 248];
const INK: Colour = [60, 60, 70];

/// A JPEG; the name says what it shows.
pub(crate) fn drawn(persona: &str, name: &str, edition: u64) -> Vec<u8> {
    let palette = Palette::of(persona);
    let mut canvas = Canvas::new(palette.soft);
    if name.contains("face") {
        face(&mut canvas, &palette, (160, 100), 70);
    } else if name.contains("back") {
        back(&mut canvas, &palette);
    } else {
        front(&mut canvas, &palette);
    }
    // Another edition of a picture looks different too.
    let marks = u16::try_from(edition % 30).unwrap_or_default();
    for mark in 0..marks {
        canvas.rectangle((6 + mark * 10, 190), (6, 6), INK);
    }
    canvas.encoded()
}

fn front(canvas: &mut Canvas, palette: &Palette) {
    canvas.rectangle((10, 10), (300, 180), WHITE);
    canvas.rectangle((10, 10), (300, 34), palette.strong);
    canvas.rectangle((24, 58), (90, 110), palette.soft);
    face(canvas, palette, (69, 108), 34);
    for (row, width) in [120, 90, 140, 70, 110].into_iter().enumerate() {
        let y = 64 + u16::try_from(row).unwrap_or_default() * 21;
        canvas.rectangle((134, y), (width, 8), INK);
    }
    specimen(canvas, palette.strong);
}

fn back(canvas: &mut Canvas, palette: &Palette) {
    canvas.rectangle((10, 10), (300, 180), WHITE);
    canvas.rectangle((10, 28), (300, 30), INK);
    canvas.rectangle((24, 76), (120, 8), palette.strong);
    canvas.rectangle((24, 96), (170, 8), palette.strong);
    for row in [132, 148, 164] {
        for column in 0..22 {
            canvas.rectangle((24 + column * 12, row), (7, 9), INK);
        }
    }
    specimen(canvas, palette.strong);
}

fn face(canvas: &mut Canvas, palette: &Palette, centre: (u16, u16), size: u16) {
    let (x, y) = centre;
    canvas.rectangle(
        (x - size / 5, y + size / 2),
        (size * 2 / 5, size / 2),
        palette.skin,
    );
    canvas.ellipse((x, y + size + size / 3), (size, size / 2), palette.strong);
    canvas.ellipse(
        (x, y - size / 5),
        (size * 3 / 5, size * 4 / 5),
        palette.hair,
    );
    canvas.ellipse((x, y), (size / 2, size * 7 / 10), palette.skin);
    for eye in [x - size / 5, x + size / 5] {
        canvas.ellipse((eye, y - size / 8), (size / 14, size / 14), INK);
    }
    canvas.rectangle(
        (x - size / 5, y + size / 3),
        (size * 2 / 5, 2 + size / 20),
        INK,
    );
}

/// A band across, as on a specimen.
fn specimen(canvas: &mut Canvas, colour: Colour) {
    for step in 0..HEIGHT {
        canvas.rectangle((40 + step, HEIGHT - step), (8, 2), colour);
    }
}

struct Canvas(Vec<u8>);

impl Canvas {
    fn new(colour: Colour) -> Self {
        Self(colour.repeat(usize::from(WIDTH) * usize::from(HEIGHT)))
    }

    fn dot(&mut self, x: u16, y: u16, colour: Colour) {
        if x >= WIDTH || y >= HEIGHT {
            return;
        }
        let at = (usize::from(y) * usize::from(WIDTH) + usize::from(x)) * 3;
        if let Some(pixel) = self.0.get_mut(at..at + 3) {
            pixel.copy_from_slice(&colour);
        }
    }

    fn rectangle(&mut self, corner: (u16, u16), size: (u16, u16), colour: Colour) {
        for y in corner.1..corner.1.saturating_add(size.1) {
            for x in corner.0..corner.0.saturating_add(size.0) {
                self.dot(x, y, colour);
            }
        }
    }

    fn ellipse(&mut self, centre: (u16, u16), radii: (u16, u16), colour: Colour) {
        let squared = |distance: u16| u64::from(distance) * u64::from(distance);
        let (wide, high) = (squared(radii.0).max(1), squared(radii.1).max(1));
        for y in centre.1.saturating_sub(radii.1)..=centre.1.saturating_add(radii.1) {
            for x in centre.0.saturating_sub(radii.0)..=centre.0.saturating_add(radii.0) {
                let (across, down) = (squared(x.abs_diff(centre.0)), squared(y.abs_diff(centre.1)));
                if across * high + down * wide <= wide * high {
                    self.dot(x, y, colour);
                }
            }
        }
    }

    /// A JPEG of it; nothing if the encoder refuses, which it does for empty pictures only.
    fn encoded(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let encoder = Encoder::new(&mut bytes, QUALITY);
        let done = encoder.encode(&self.0, WIDTH, HEIGHT, ColorType::Rgb);
        if done.is_err() {
            bytes.clear();
        }
        bytes
    }
}
