// A confidential client that knows an issuer, a client id, a secret and a callback URL, and finds out
// the rest by discovery, as a framework does that has four fields to fill in.
//
// node discovery-only.mjs [--callback URL] [--auth basic|post] [--no-pkce]
//   [--mode query|fragment|form_post] [--fault RULE]…
//
// Signs in once, or once for each rule, which the sandbox is told before. Prints a line of JSON for
// each: what was learnt of the person, or why not.
import { parseArgs } from 'node:util';

import * as oidc from 'openid-client';

const { values: flags } = parseArgs({
  options: {
    callback: { type: 'string', default: process.env.EPROSPERA_REDIRECT_URI.split(' ')[0] },
    auth: { type: 'string', default: 'basic' },
    'no-pkce': { type: 'boolean', default: false },
    mode: { type: 'string' },
    fault: { type: 'string', multiple: true, default: [] },
  },
});
const issuer = process.env.EPROSPERA_ISSUER;
const clientId = process.env.EPROSPERA_CLIENT_ID;
const clientSecret = process.env.EPROSPERA_CLIENT_SECRET;

const authentication = { basic: oidc.ClientSecretBasic, post: oidc.ClientSecretPost }[flags.auth](clientSecret);

// Anew each time: what was cached would hide a fault.
async function signIn() {
  const provider = await oidc.discovery(new URL(issuer), clientId, undefined, authentication, {
    execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks],
  });
  const checks = {
    expectedState: oidc.randomState(),
    expectedNonce: oidc.randomNonce(),
    pkceCodeVerifier: flags['no-pkce'] ? undefined : oidc.randomPKCECodeVerifier(),
    idTokenExpected: true,
  };
  const authorization = oidc.buildAuthorizationUrl(provider, {
    redirect_uri: flags.callback,
    scope: 'openid email profile offline_access',
    state: checks.expectedState,
    nonce: checks.expectedNonce,
    ...(checks.pkceCodeVerifier && {
      code_challenge: await oidc.calculatePKCECodeChallenge(checks.pkceCodeVerifier),
      code_challenge_method: 'S256',
    }),
    ...(flags.mode && { response_mode: flags.mode }),
  });
  const { came, request } = await browse(authorization);
  const tokens = await oidc.authorizationCodeGrant(provider, request, checks);
  const { sub } = tokens.claims();
  const user = await oidc.fetchUserInfo(provider, tokens.access_token, sub);
  const renewed = await oidc.refreshTokenGrant(provider, tokens.refresh_token);
  const rotated = renewed.refresh_token !== tokens.refresh_token;
  return { came, email: user.email, rotated };
}

// The callback as the application would get it. Its address is never asked: it may be anywhere.
async function browse(url) {
  const response = await fetch(url, { redirect: 'manual' });
  if (flags.mode === 'form_post') {
    const page = await response.text();
    const action = page.match(/<form method="post" action="([^"]*)"/)[1];
    const fields = page.matchAll(/name="([^"]*)" value="([^"]*)"/g);
    const body = new URLSearchParams(Array.from(fields, ([, name, value]) => [name, value]));
    return { came: `POST ${action}`, request: new Request(action, { method: 'POST', body }) };
  }
  const callback = new URL(response.headers.get('location'));
  const came = callback.href.replace(/([?#]).*/, '$1');
  // A script of the page reads the fragment and hands it on.
  if (flags.mode === 'fragment') callback.search = callback.hash.slice(1);
  return { came, request: callback };
}

async function attempt() {
  try {
    return await signIn();
  } catch (error) {
    return { refused: error.message, because: error.cause?.message ?? error.error ?? null };
  }
}

async function arrange(rule) {
  const answer = await fetch(`${issuer}/sandbox/faults`, {
    method: 'POST',
    headers: { authorization: `Bearer ${process.env.SANDBOX_CONTROL_TOKEN}` },
    body: JSON.stringify({ rule }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

if (flags.fault.length === 0) console.log(JSON.stringify(await attempt()));
for (const rule of flags.fault) {
  await arrange(rule);
  console.log(JSON.stringify({ rule, ...(await attempt()) }));
}
