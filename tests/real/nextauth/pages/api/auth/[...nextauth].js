import NextAuth from 'next-auth';

import { authOptions } from '../../../lib/eprospera.mjs';

export default NextAuth(authOptions);
