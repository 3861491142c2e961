// A person at a real browser: sign-in, refresh past expiry, a denied consent, a portal that fails.
//
// Tried with `CHROMIUM=/usr/bin/chromium eprospera sandbox exec -- npx playwright test`.
import { expect, test } from '@playwright/test';
import * as oidc from 'openid-client';

import { advance, fault, reset } from './sandbox.mjs';
import { portal, redirectUri, signIn } from './sign-in.mjs';

const HOUR = 3600;

test.beforeEach(reset);

// The person opens the address, chooses who to be, and answers. The application's callback is played by the test.
const person = (page, answer) => async (authorization) => {
  await page.route(`${redirectUri}?*`, (route) => route.fulfill({ body: 'signed in' }));
  await page.goto(authorization.href);
  await page.getByRole('radio', { name: 'Amara Okafor' }).check();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('button', { name: answer }).click();
  await page.waitForURL(`${redirectUri}?*`);
  return new URL(page.url());
};

const userInfo = (tokens) => oidc.fetchUserInfo(portal, tokens.access_token, oidc.skipSubjectCheck);

test('a person signs in and approves', async ({ page }) => {
  const tokens = await signIn(person(page, 'Approve'));
  expect((await userInfo(tokens)).name).toBe('Amara Okafor-Lindström');
});

test('the session outlives the access token', async ({ page }) => {
  const tokens = await signIn(person(page, 'Approve'));
  await advance(HOUR + 1);
  await expect(userInfo(tokens)).rejects.toThrow();
  const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
  expect((await userInfo(renewed)).email_verified).toBe(true);
});

test('a person who denies consent comes back without a code', async ({ page }) => {
  await expect(signIn(person(page, 'Deny'))).rejects.toMatchObject({ error: 'access_denied' });
});

test('a page says that the portal has failed, and the next try works', async ({ page }) => {
  await fault('authorize:503*1');
  const { href } = new URL('/api/oauth/authorize', process.env.EPROSPERA_ISSUER);
  expect((await page.goto(href)).status()).toBe(503);
  await signIn(person(page, 'Approve'));
});
