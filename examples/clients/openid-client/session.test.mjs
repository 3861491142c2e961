// What a client has to do when tokens expire, when a person says no, and when the portal fails.
//
// Tried with `eprospera sandbox exec --auto-approve -- npm test`.
import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import * as oidc from 'openid-client';

import { advance, fault, reset } from './sandbox.mjs';
import { portal, signIn } from './sign-in.mjs';

beforeEach(reset);

const HOUR = 3600;
const DAY = 24 * HOUR;

const userInfo = (tokens) => oidc.fetchUserInfo(portal, tokens.access_token, oidc.skipSubjectCheck);

test('an access token is worth nothing after an hour, and a refresh brings another', async () => {
  const tokens = await signIn();
  await advance(HOUR + 1);
  await assert.rejects(userInfo(tokens), { status: 401 });
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  assert.equal((await userInfo(renewed)).email_verified, true);
});

test('a refresh token is worth nothing after 180 days without use', async () => {
  const tokens = await signIn();
  await advance(179 * DAY);
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  await advance(180 * DAY);
  await assert.rejects(oidc.refreshTokenGrant(portal, renewed.refresh_token), { error: 'invalid_grant' });
});

test('a refresh token that is used twice ends the session', async () => {
  const tokens = await signIn();
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  await assert.rejects(oidc.refreshTokenGrant(portal, tokens.refresh_token), { error: 'invalid_grant' });
  await assert.rejects(userInfo(renewed), { status: 401 });
});

test('a person who denies consent comes back with access_denied', async () => {
  await fault('authorize:error=access_denied*1');
  await assert.rejects(signIn(), { error: 'access_denied' });
});

test('a portal that fails once costs no session', async () => {
  const tokens = await signIn();
  await fault('token:503*1');
  await assert.rejects(oidc.refreshTokenGrant(portal, tokens.refresh_token), { code: 'OAUTH_RESPONSE_IS_NOT_CONFORM' });
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  assert.equal((await userInfo(renewed)).email_verified, true);
});
