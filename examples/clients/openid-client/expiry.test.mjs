// Hours pass in no time: what a client has to do when tokens expire.
//
// Tried with `eprospera sandbox exec --auto-approve -- npm test`.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as oidc from 'openid-client';

import { portal, signIn } from './sign-in.mjs';

const HOUR = 3600;
const DAY = 24 * HOUR;

// Moves the clock of the sandbox.
async function pass(seconds) {
  const answer = await fetch(`${process.env.EPROSPERA_ISSUER}/sandbox/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.SANDBOX_CONTROL_TOKEN}` },
    body: JSON.stringify({ advance_seconds: seconds }),
  });
  assert.equal(answer.status, 200);
}

const userInfo = (tokens) => oidc.fetchUserInfo(portal, tokens.access_token, oidc.skipSubjectCheck);

test('an access token is worth nothing after an hour, and a refresh brings another', async () => {
  const tokens = await signIn();
  await pass(HOUR + 1);
  await assert.rejects(userInfo(tokens), { status: 401 });
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  assert.equal((await userInfo(renewed)).email_verified, true);
});

test('a refresh token is worth nothing after 180 days without use', async () => {
  const tokens = await signIn();
  await pass(179 * DAY);
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  await pass(180 * DAY);
  await assert.rejects(oidc.refreshTokenGrant(portal, renewed.refresh_token), { error: 'invalid_grant' });
});

test('a refresh token that is used twice ends the session', async () => {
  const tokens = await signIn();
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  await assert.rejects(oidc.refreshTokenGrant(portal, tokens.refresh_token), { error: 'invalid_grant' });
  await assert.rejects(userInfo(renewed), { status: 401 });
});
