// A person signs in to a web application: discovery, authorization code with PKCE, ID token.
import * as oidc from 'openid-client';

const issuer = new URL(process.env.EPROSPERA_ISSUER);
export const [redirectUri] = process.env.EPROSPERA_REDIRECT_URI.split(' ');

// Plain http is for a sandbox on this machine only.
const insecure = issuer.protocol === 'http:' ? [oidc.allowInsecureRequests] : [];

export const portal = await oidc.discovery(
  issuer,
  process.env.EPROSPERA_CLIENT_ID,
  undefined,
  oidc.ClientSecretBasic(process.env.EPROSPERA_CLIENT_SECRET),
  // The signature of the ID token is verified although it comes straight from the portal.
  { execute: [...insecure, oidc.enableNonRepudiationChecks] },
);

// `browse` takes a person from the authorization URL to the redirect URI, and returns the URL that it ends with.
export async function signIn(browse = followRedirects) {
  const pkceCodeVerifier = oidc.randomPKCECodeVerifier();
  const expectedState = oidc.randomState();
  const expectedNonce = oidc.randomNonce();
  const authorization = oidc.buildAuthorizationUrl(portal, {
    redirect_uri: redirectUri,
    scope: 'openid email profile offline_access',
    state: expectedState,
    nonce: expectedNonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
  const callback = await browse(authorization);
  const checks = { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true };
  return oidc.authorizationCodeGrant(portal, callback, checks);
}

// Stands in for the browser: follows redirects until one leads back to the application.
async function followRedirects(url) {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`${response.status} at ${url.pathname}: ${await response.text()}`);
  const next = new URL(location, url);
  return next.href.startsWith(redirectUri) ? next : followRedirects(next);
}
