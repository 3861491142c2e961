// What the scripts beside this one have in common: where the portal is, the browser, and the report.
export const issuer = process.env.EPROSPERA_ISSUER;
export const clientId = process.env.EPROSPERA_CLIENT_ID;
export const clientSecret = process.env.EPROSPERA_CLIENT_SECRET;
export const [redirectUri] = process.env.EPROSPERA_REDIRECT_URI.split(' ');
export const scope = 'openid email profile offline_access';

// Stands in for the browser: the portal sends it straight back to the application.
export async function browse(url) {
  const response = await fetch(url, { redirect: 'manual' });
  const location = response.headers.get('location');
  if (!location) throw new Error(`${response.status}: ${await response.text()}`);
  return new URL(location);
}

export function report(user, before, after) {
  const rotated = typeof after === 'string' && after !== before;
  console.log(JSON.stringify({ email: user.email, rotated }));
}
