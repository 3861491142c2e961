// A client by npm's @badgateway/oauth2-client, which finds the endpoints by discovery. Its
// authorization request is sent by POST.
import { OAuth2Client, generateCodeVerifier } from '@badgateway/oauth2-client';

import { issuer, redirectUri, report } from './application.mjs';

const application = new OAuth2Client({
  server: issuer,
  discoveryEndpoint: '/.well-known/openid-configuration',
  clientId: process.env.EPROSPERA_CLIENT_ID,
  clientSecret: process.env.EPROSPERA_CLIENT_SECRET,
  authenticationMethod: 'client_secret_post',
});
const codeVerifier = await generateCodeVerifier();
const [state, nonce] = [crypto.randomUUID(), crypto.randomUUID()];
const url = new URL(
  await application.authorizationCode.getAuthorizeUri({
    redirectUri,
    state,
    codeVerifier,
    scope: ['openid', 'email', 'profile', 'offline_access'],
    extraParams: { nonce },
  }),
);
const body = url.searchParams;
const answer = await fetch(url.origin + url.pathname, { method: 'POST', body, redirect: 'manual' });
const tokens = await application.authorizationCode.getTokenFromCodeRedirect(
  answer.headers.get('location'),
  { redirectUri, state, codeVerifier },
);
const userinfo = await fetch(`${issuer}/api/oauth/userinfo`, {
  headers: { authorization: `Bearer ${tokens.accessToken}` },
});
const refreshed = await application.refreshToken(tokens);
report(await userinfo.json(), tokens.refreshToken, refreshed.refreshToken);
