// A web application by npm's passport-openidconnect, without a web server: the strategy gets the
// requests that one would hand to it. The refresh is that of the library below it, npm's oauth.
import { createRequire } from 'node:module';

import Strategy from 'passport-openidconnect';

import { browse, clientId, clientSecret, issuer, redirectUri, report } from './application.mjs';

const require = createRequire(import.meta.url);
const { OAuth2 } = createRequire(require.resolve('passport-openidconnect'))('oauth');

const endpoint = (name) => `${issuer}/api/oauth/${name}`;
let person;
const strategy = new Strategy(
  {
    issuer,
    authorizationURL: endpoint('authorize'),
    tokenURL: endpoint('token'),
    userInfoURL: endpoint('userinfo'),
    clientID: clientId,
    clientSecret,
    callbackURL: redirectUri,
    scope: 'email profile offline_access',
    nonce: true,
    skipUserProfile: false,
  },
  (_issuer, profile, _context, _idToken, _accessToken, refreshToken, done) => {
    person = { email: profile.emails[0].value, refreshToken };
    done(null, person);
  },
);

const session = {};
function authenticate(query) {
  return new Promise((resolve, reject) => {
    const outcome = { redirect: resolve, success: resolve, error: reject, fail: reject };
    const request = { query, session, app: { get: () => false }, headers: {}, connection: {} };
    Object.assign(Object.create(strategy), outcome).authenticate(request, {});
  });
}

const callback = await browse(await authenticate({}));
await authenticate(Object.fromEntries(callback.searchParams));
const oauth = new OAuth2(clientId, clientSecret, '', endpoint('authorize'), endpoint('token'));
const after = await new Promise((resolve, reject) => {
  oauth.getOAuthAccessToken(person.refreshToken, { grant_type: 'refresh_token' }, (error, _access, refresh) =>
    error ? reject(new Error(JSON.stringify(error))) : resolve(refresh),
  );
});
report(person, person.refreshToken, after);
