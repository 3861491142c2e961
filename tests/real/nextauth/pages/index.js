import { getServerSession } from 'next-auth/next';

import { person, withAccessToken } from '../lib/eprospera.mjs';

// One session for one page: it is renewed here when the access token has expired, and the new
// cookie goes out with the page.
export async function getServerSideProps({ req, res }) {
  const session = await getServerSession(req, res, withAccessToken);
  if (!session) return { props: { session: null } };
  const { accessToken, user, renewals } = session;
  const { name } = await person(accessToken);
  return { props: { session: { email: user.email, name, renewals } } };
}

export default function Home({ session }) {
  if (!session) return <p>Nobody is signed in. <a href="/api/auth/signin">Sign in</a></p>;
  return (
    <>
      <p>Signed in as {session.email}</p>
      <p>The portal knows {session.name}</p>
      <p>Renewed {session.renewals} times</p>
      <a href="/api/auth/signout">Sign out</a>
    </>
  );
}
