// Auth.js with e-Próspera as its provider, and the refresh token rotation of its guide, by the strategy `jwt`:
// the tokens are in the encrypted session cookie, and a request of the session refreshes them.
const tokenEndpoint = `${process.env.EPROSPERA_ISSUER}/api/oauth/token`;

async function jwt({ token, account }) {
  // The first call, right after the sign-in.
  if (account) {
    const { access_token, expires_at, refresh_token } = account;
    return { ...token, access_token, expires_at, refresh_token };
  }
  if (Date.now() < token.expires_at * 1000) return token;
  try {
    const response = await fetch(tokenEndpoint, {
      method: 'POST',
      body: new URLSearchParams({
        client_id: process.env.EPROSPERA_CLIENT_ID,
        client_secret: process.env.EPROSPERA_CLIENT_SECRET,
        grant_type: 'refresh_token',
        refresh_token: token.refresh_token,
      }),
    });
    const answer = await response.json();
    if (!response.ok) throw answer;
    return {
      ...token,
      access_token: answer.access_token,
      expires_at: Math.floor(Date.now() / 1000 + answer.expires_in),
      refresh_token: answer.refresh_token ?? token.refresh_token,
    };
  } catch (error) {
    // A page that finds the error sends the person to sign in again.
    console.error('Error refreshing access_token', error);
    return { ...token, error: 'RefreshTokenError' };
  }
}

export const config = {
  basePath: '/api/auth',
  secret: process.env.EPROSPERA_CLIENT_SECRET,
  trustHost: true,
  providers: [
    {
      id: 'eprospera',
      name: 'e-Próspera',
      type: 'oidc',
      issuer: process.env.EPROSPERA_ISSUER,
      clientId: process.env.EPROSPERA_CLIENT_ID,
      clientSecret: process.env.EPROSPERA_CLIENT_SECRET,
      checks: ['pkce', 'state', 'nonce'],
      authorization: { params: { scope: 'openid email profile offline_access' } },
    },
  ],
  callbacks: {
    jwt,
    session: ({ session, token }) => ({ ...session, error: token.error, accessToken: token.access_token }),
  },
};
