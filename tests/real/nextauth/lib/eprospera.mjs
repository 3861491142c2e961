// e-Próspera as a provider of NextAuth, and a session that outlives its access token: the vendor's
// guide for NextAuth, with the portal's address taken from the environment.
const portal = process.env.EPROSPERA_ISSUER;
const clientId = process.env.EPROSPERA_CLIENT_ID;
const clientSecret = process.env.EPROSPERA_CLIENT_SECRET;

// Both halves are form-encoded before base64 (RFC 6749 section 2.3.1).
const basic = Buffer.from([clientId, clientSecret].map(encodeURIComponent).join(':')).toString('base64');

async function refreshed(token) {
  const response = await fetch(new URL('/api/oauth/token', portal), {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: token.refreshToken }),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(`the session cannot be renewed: ${answer.error}`);
  // The mistake that the guide warns of, on purpose: the new refresh token is not kept.
  const keepsOld = process.env.KEEP_OLD_REFRESH_TOKEN === '1';
  return {
    ...token,
    ...lifetime(answer),
    refreshToken: keepsOld ? token.refreshToken : (answer.refresh_token ?? token.refreshToken),
    renewals: token.renewals + 1,
  };
}

function lifetime({ access_token: accessToken, expires_in: seconds }) {
  return { accessToken, accessTokenExpires: Date.now() + seconds * 1000 };
}

export const authOptions = {
  providers: [
    {
      id: 'eprospera',
      name: 'e-Próspera',
      type: 'oauth',
      wellKnown: `${portal}/.well-known/openid-configuration`,
      authorization: { params: { scope: 'openid email profile offline_access' } },
      idToken: true,
      checks: ['pkce', 'nonce', 'state'],
      clientId,
      clientSecret,
      profile: ({ sub, name, email, picture }) => ({ id: sub, name, email, image: picture }),
    },
  ],
  callbacks: {
    async jwt({ token, account }) {
      if (account) return { ...token, ...lifetime(account), refreshToken: account.refresh_token, renewals: 0 };
      return Date.now() < token.accessTokenExpires ? token : refreshed(token);
    },
    // What a page may see. The tokens stay in the encrypted cookie and on the server.
    session: ({ session, token }) => ({ ...session, renewals: token.renewals }),
  },
};

// For what the server itself asks the portal: the session with its access token, never for a page.
export const withAccessToken = {
  ...authOptions,
  callbacks: {
    ...authOptions.callbacks,
    session: ({ session, token }) => ({ ...session, renewals: token.renewals, accessToken: token.accessToken }),
  },
};

export async function person(accessToken) {
  const response = await fetch(new URL('/api/oauth/userinfo', portal), {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  return response.ok ? response.json() : { name: `nobody (${response.status})` };
}
