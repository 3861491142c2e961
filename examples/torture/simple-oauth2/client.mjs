// A session kept with simple-oauth2, as its README shows it: the token is serialized to a file, `expired()`
// decides, and `refresh()` refreshes.
//
//   node client.mjs sign-in   signs in
//   node client.mjs           prints an access token
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

import { AuthorizationCode } from 'simple-oauth2';

const file = `${process.env.TORTURE_DIR ?? '.'}/session.json`;
const client = new AuthorizationCode({
  client: { id: process.env.EPROSPERA_CLIENT_ID, secret: process.env.EPROSPERA_CLIENT_SECRET },
  auth: {
    tokenHost: process.env.EPROSPERA_ISSUER,
    tokenPath: '/api/oauth/token',
    authorizePath: '/api/oauth/authorize',
  },
});

if (process.argv[2] === 'sign-in') {
  await persist(await signIn());
} else {
  let accessToken = client.createToken(JSON.parse(await readFile(file, 'utf8')));
  if (accessToken.expired()) {
    try {
      accessToken = await accessToken.refresh();
    } catch (error) {
      console.error('Error refreshing access token:', error.message);
      process.exit(1);
    }
    await persist(accessToken);
  }
  console.log(accessToken.token.access_token);
}

async function persist(accessToken) {
  await writeFile(file, JSON.stringify(accessToken));
}

async function signIn() {
  const [redirect_uri] = process.env.EPROSPERA_REDIRECT_URI.split(' ');
  const state = randomUUID();
  const url = client.authorizeURL({
    redirect_uri,
    scope: 'openid email profile offline_access',
    state,
    nonce: randomUUID(),
  });
  // The sandbox approves by itself and sends the browser straight back.
  const response = await fetch(url, { redirect: 'manual' });
  const callback = new URL(response.headers.get('location'));
  if (callback.searchParams.get('state') !== state) throw new Error('another state came back');
  return client.getToken({ code: callback.searchParams.get('code'), redirect_uri });
}
