// A client by npm's simple-oauth2: OAuth alone, so userinfo is asked by hand.
import { randomUUID } from 'node:crypto';

import { AuthorizationCode } from 'simple-oauth2';

import { browse, clientId, clientSecret, issuer, redirectUri, report, scope } from './application.mjs';

const application = new AuthorizationCode({
  client: { id: clientId, secret: clientSecret },
  auth: {
    tokenHost: issuer,
    tokenPath: '/api/oauth/token',
    authorizePath: '/api/oauth/authorize',
  },
});
const state = randomUUID();
const url = application.authorizeURL({ redirect_uri: redirectUri, scope, state, nonce: randomUUID() });
const callback = await browse(url);
if (callback.searchParams.get('state') !== state) throw new Error('another state came back');
const code = callback.searchParams.get('code');
const tokens = await application.getToken({ code, redirect_uri: redirectUri });
const answer = await fetch(`${issuer}/api/oauth/userinfo`, {
  method: 'POST',
  body: new URLSearchParams({ access_token: tokens.token.access_token }),
});
const refreshed = await tokens.refresh();
report(await answer.json(), tokens.token.refresh_token, refreshed.token.refresh_token);
