// A web application with Auth.js and the browser in front of it, without the network between them: each run
// is one request of one page, with the cookies of the last one, as a browser has them.
//
//   node client.mjs sign-in   signs in
//   node client.mjs           asks for the session, and prints its access token
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

import { Auth } from '@auth/core';

import { config } from './auth.mjs';

const file = `${process.env.TORTURE_DIR ?? '.'}/cookies.json`;
const origin = 'http://localhost:3000';

if (process.argv[2] === 'sign-in') {
  await signIn();
} else {
  const session = await (await browse('/api/auth/session')).json();
  if (!session) throw new Error('not signed in');
  if (session.error) throw new Error(session.error);
  console.log(session.accessToken);
}

async function signIn() {
  writeFileSync(file, '{}');
  const { csrfToken } = await (await browse('/api/auth/csrf')).json();
  const toPortal = await browse('/api/auth/signin/eprospera', new URLSearchParams({ csrfToken }));
  // The sandbox approves by itself and sends the browser straight back.
  const fromPortal = await fetch(toPortal.headers.get('location'), { redirect: 'manual' });
  const callback = new URL(fromPortal.headers.get('location'));
  const signedIn = await browse(callback.pathname + callback.search);
  if (signedIn.headers.get('location').includes('error=')) throw new Error(signedIn.headers.get('location'));
}

async function browse(path, form) {
  const cookies = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const cookie = Object.entries(cookies).map(([name, value]) => `${name}=${value}`);
  const method = form ? 'POST' : 'GET';
  const request = new Request(origin + path, { method, body: form, headers: { cookie: cookie.join('; ') } });
  const response = await Auth(request, config);
  for (const set of response.headers.getSetCookie()) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(set);
    if (value) cookies[name] = value;
    else delete cookies[name];
  }
  writeFileSync(file, JSON.stringify(cookies));
  return response;
}
