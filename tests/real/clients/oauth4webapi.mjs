// A client by npm's oauth4webapi, the library below openid-client and Auth.js.
import * as oauth from 'oauth4webapi';

import { browse, issuer, redirectUri, report, scope } from './application.mjs';

const insecure = { [oauth.allowInsecureRequests]: true };
// The authentication method is an argument: `client_secret_post`, `client_secret_basic`, or the same with
// the client id in the body as well.
const method = process.argv[2];
const client = { client_id: process.env.EPROSPERA_CLIENT_ID };
const secret = process.env.EPROSPERA_CLIENT_SECRET;
const authentication = {
  post: oauth.ClientSecretPost(secret),
  basic: oauth.ClientSecretBasic(secret),
  'basic-and-id': (...all) => {
    oauth.ClientSecretBasic(secret)(...all);
    all[2].set('client_id', client.client_id);
  },
}[method];

const url = new URL(issuer);
const found = await oauth.discoveryRequest(url, insecure);
const portal = await oauth.processDiscoveryResponse(url, found);
const verifier = oauth.generateRandomCodeVerifier();
const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()];
const authorize = new URL(portal.authorization_endpoint);
authorize.search = new URLSearchParams({
  client_id: client.client_id,
  redirect_uri: redirectUri,
  response_type: 'code',
  scope,
  state,
  nonce,
  code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
  code_challenge_method: 'S256',
});
const parameters = oauth.validateAuthResponse(portal, client, await browse(authorize), state);
const answer = await oauth.authorizationCodeGrantRequest(
  portal,
  client,
  authentication,
  parameters,
  redirectUri,
  verifier,
  insecure,
);
const tokens = await oauth.processAuthorizationCodeResponse(portal, client, answer, {
  expectedNonce: nonce,
  requireIdToken: true,
});
await oauth.validateApplicationLevelSignature(portal, answer, insecure);
const { sub } = oauth.getValidatedIdTokenClaims(tokens);
const userinfo = await oauth.userInfoRequest(portal, client, tokens.access_token, insecure);
const user = await oauth.processUserInfoResponse(portal, client, sub, userinfo);
const refreshed = await oauth.refreshTokenGrantRequest(
  portal,
  client,
  authentication,
  tokens.refresh_token,
  insecure,
);
const next = await oauth.processRefreshTokenResponse(portal, client, refreshed);
report(user, tokens.refresh_token, next.refresh_token);
