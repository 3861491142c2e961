// Reads QR codes as a camera would, from what was drawn on a terminal: half blocks, light modules drawn.
//
// Standard input takes one drawing a line, {"id":1,"rows":["████▀▀…",…]}. Standard output answers each with
// {"id":1,"text":"…"}, null where nothing can be read. The process ends when standard input closes.
import { createInterface } from 'node:readline';
import jsQR from 'jsqr';

// Pixels of a module: a camera sees more than one.
const SCALE = 4;
const LIGHT_OF = { '\u2588': [true, true], '\u2580': [true, false], '\u2584': [false, true], ' ': [false, false] };

function modules(rows) {
  return rows.flatMap((row) => {
    const halves = [...row].map((sign) => {
      if (!LIGHT_OF[sign]) throw new Error(`no half block: ${JSON.stringify(sign)}`);
      return LIGHT_OF[sign];
    });
    return [halves.map(([upper]) => upper), halves.map(([, lower]) => lower)];
  });
}

function read(rows) {
  const lights = modules(rows);
  const [height, width] = [lights.length * SCALE, lights[0].length * SCALE];
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const shade = lights[Math.floor(y / SCALE)][Math.floor(x / SCALE)] ? 255 : 0;
      pixels.set([shade, shade, shade, 255], (y * width + x) * 4);
    }
  }
  // Dark on light only: a code that readers would have to invert is not good enough.
  return jsQR(pixels, width, height, { inversionAttempts: 'dontInvert' })?.data ?? null;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { id, rows } = JSON.parse(line);
  process.stdout.write(`${JSON.stringify({ id, text: read(rows) })}\n`);
}
