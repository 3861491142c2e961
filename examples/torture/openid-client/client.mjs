// A session kept with openid-client, the way its documentation shows each call: the tokens are in a file,
// and an expired access token is refreshed. The library keeps nothing itself.
//
//   node client.mjs sign-in   signs in
//   node client.mjs           prints an access token
import { readFile, writeFile } from 'node:fs/promises';

import * as client from 'openid-client';

const file = `${process.env.TORTURE_DIR ?? '.'}/session.json`;
const issuer = new URL(process.env.EPROSPERA_ISSUER);
const insecure = issuer.protocol === 'http:' ? { execute: [client.allowInsecureRequests] } : undefined;
const config = await client.discovery(
  issuer,
  process.env.EPROSPERA_CLIENT_ID,
  undefined,
  client.ClientSecretBasic(process.env.EPROSPERA_CLIENT_SECRET),
  insecure,
);

if (process.argv[2] === 'sign-in') {
  await save({}, await signIn());
} else {
  let session = JSON.parse(await readFile(file, 'utf8'));
  if (Date.now() >= session.expires_at) {
    session = await save(session, await client.refreshTokenGrant(config, session.refresh_token));
  }
  console.log(session.access_token);
}

async function save(before, tokens) {
  const session = { ...before, ...tokens, expires_at: Date.now() + tokens.expiresIn() * 1000 };
  await writeFile(file, JSON.stringify(session));
  return session;
}

async function signIn() {
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  const expectedNonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: process.env.EPROSPERA_REDIRECT_URI.split(' ')[0],
    scope: 'openid email profile offline_access',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  // The sandbox approves by itself and sends the browser straight back.
  const response = await fetch(url, { redirect: 'manual' });
  const callback = new URL(response.headers.get('location'));
  return client.authorizationCodeGrant(config, callback, { pkceCodeVerifier, expectedState, expectedNonce });
}
