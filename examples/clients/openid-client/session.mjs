// A session of a web application with e-Próspera through openid-client: signed in, userinfo, refresh
// with rotation, revocation.
//
// Tried with `eprospera sandbox exec --auto-approve -- node session.mjs`.
import * as oidc from 'openid-client';

import { portal, signIn } from './sign-in.mjs';

const tokens = await signIn();
const { sub } = tokens.claims();
console.log(`signed in as ${sub}`);

const user = await oidc.fetchUserInfo(portal, tokens.access_token, sub);
console.log(`the portal knows ${user.name}`);

// Every refresh brings a new refresh token; the old one is worth nothing from then on.
const renewed = await oidc.refreshTokenGrant(portal, tokens.refresh_token);
if (renewed.refresh_token === tokens.refresh_token) throw new Error('the refresh token was not rotated');
console.log('refreshed, with a new refresh token');

await oidc.tokenRevocation(portal, renewed.refresh_token);
await oidc.tokenRevocation(portal, renewed.access_token);
console.log('signed out');
