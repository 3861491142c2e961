// Steers the sandbox that runs the tests: its clock and its faults.
import assert from 'node:assert/strict';

async function control(path, body = {}) {
  const answer = await fetch(`${process.env.EPROSPERA_ISSUER}/sandbox/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.SANDBOX_CONTROL_TOKEN}` },
    body: JSON.stringify(body),
  });
  assert.equal(answer.ok, true, await answer.text());
}

// Moves the sandbox's clock.
export const advance = (seconds) => control('clock', { advance_seconds: seconds });

// Makes the sandbox fail, as `docs/sandbox.md` lists it: `token:503*1` fails once.
export const fault = (rule) => control('faults', { rule });

// Everything as it was at the start: no session, no fault, the clock right.
export const reset = () => control('reset');
