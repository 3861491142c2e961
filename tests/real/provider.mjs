// A certified OpenID provider on a free loopback port, for the tests behind the feature `real-parts`.
//
//   node provider.mjs --alg ES256 --redirect-uri http://127.0.0.1:8736/callback
//
// Standard output is JSON lines: first `ready`, then one line for each request and each token grant.
// No line holds a token, a code or a secret. The process ends when its standard input closes.
import { createServer } from 'node:http';
import { generateKeyPairSync } from 'node:crypto';
import { parseArgs } from 'node:util';
import Provider from 'oidc-provider';

const { values: options } = parseArgs({
  options: {
    alg: { type: 'string', default: 'RS256' },
    'redirect-uri': { type: 'string', multiple: true },
    'access-ttl': { type: 'string', default: '3600' },
    'refresh-ttl': { type: 'string', default: '86400' },
    // What the invented person answers at once: `accept`, `deny`, or `ask` for a page with two buttons.
    decision: { type: 'string', default: 'accept' },
    // Access tokens for the resource `urn:rotations` are JWTs, for a fair race.
    'jwt-access-tokens': { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
  },
});

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

const RESOURCE = 'urn:rotations';

const KEY_OF = {
  RS256: ['rsa', { modulusLength: 2048 }],
  PS256: ['rsa', { modulusLength: 2048 }],
  ES256: ['ec', { namedCurve: 'P-256' }],
  EdDSA: ['ed25519', {}],
};

// The library gives notices on standard output, which is for JSON lines.
console.info = console.error;
console.log = console.error;

function say(event, fields) {
  if (options.quiet && event !== 'ready') return;
  process.stdout.write(`${JSON.stringify({ event, ...fields })}\n`);
}

function seconds(name) {
  const value = Number(options[name]);
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be whole seconds`);
  return value;
}

function signingKey(alg) {
  if (!KEY_OF[alg]) throw new Error(`--alg must be one of ${Object.keys(KEY_OF).join(', ')}`);
  const { privateKey } = generateKeyPairSync(...KEY_OF[alg]);
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg, kid: `real-${alg}` };
}

function client(alg, redirectUris, more) {
  return {
    application_type: 'native',
    grant_types: ['authorization_code', 'refresh_token', DEVICE_GRANT],
    response_types: ['code'],
    redirect_uris: redirectUris,
    id_token_signed_response_alg: alg,
    ...more,
  };
}

function configuration(alg, redirectUris) {
  return {
    jwks: { keys: [signingKey(alg)] },
    enabledJWA: { idTokenSigningAlgValues: [alg] },
    clients: [
      client(alg, redirectUris, { client_id: 'public-cli', token_endpoint_auth_method: 'none' }),
      client(alg, redirectUris, {
        client_id: 'secret-cli',
        client_secret: 'a secret: with + and %',
        token_endpoint_auth_method: 'client_secret_basic',
      }),
    ],
    claims: {
      openid: ['sub'],
      profile: ['name', 'given_name', 'family_name'],
      email: ['email', 'email_verified'],
    },
    findAccount: async (_context, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        name: 'Ada Quill',
        given_name: 'Ada',
        family_name: 'Quill',
        email: 'ada@mail.example',
        email_verified: true,
      }),
    }),
    cookies: { keys: ['only for tests on loopback'] },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: options['jwt-access-tokens'],
        defaultResource: () => RESOURCE,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({
          scope: 'openid',
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg } },
        }),
      },
      deviceFlow: {
        enabled: true,
        userCodeInputSource: (context, form) => devicePage(context, `${form}${CONTINUE('Input')}`),
        userCodeConfirmSource: (context, form, _client, _device, code) =>
          devicePage(context, `<p>${code}</p>${form}${CONTINUE('Confirm')}`),
        successSource: (context) => devicePage(context, '<p>Device connected</p>'),
      },
    },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    rotateRefreshToken: () => true,
    ttl: {
      AccessToken: seconds('access-ttl'),
      AuthorizationCode: 60,
      Grant: 86400,
      IdToken: 3600,
      Interaction: 600,
      RefreshToken: seconds('refresh-ttl'),
      Session: 86400,
    },
  };
}

// The library's own pages load a font from elsewhere.
function devicePage(context, content) {
  context.body = `<!doctype html><html lang="en"><title>Certified provider</title>${content}</html>`;
}

const CONTINUE = (form) => `<button type="submit" form="op.device${form}Form">Continue</button>`;

async function grantOf(provider, interaction) {
  const grant = new provider.Grant({ accountId: 'ada', clientId: interaction.params.client_id });
  grant.addOIDCScope(interaction.params.scope);
  if (options['jwt-access-tokens']) grant.addResourceScope(RESOURCE, 'openid');
  await grant.save();
  return grant;
}

async function answer(provider, request, response, decision) {
  const interaction = await provider.interactionDetails(request, response);
  if (decision === 'deny') {
    const denial = { error: 'access_denied', error_description: 'the person said no' };
    return provider.interactionFinished(request, response, denial);
  }
  const grant = await grantOf(provider, interaction);
  const result = { login: { accountId: 'ada' }, consent: { grantId: grant.jti } };
  return provider.interactionFinished(request, response, result);
}

const PAGE = `<!doctype html><html lang="en"><title>Certified provider</title><h1>Sign in</h1>
<form method="post"><button name="decision" value="accept">Allow</button>
<button name="decision" value="deny">Deny</button></form></html>`;

async function field(request, name) {
  let body = '';
  for await (const part of request) body += part;
  return new URLSearchParams(body).get(name);
}

async function interact(provider, request, response) {
  if (request.method === 'POST') {
    return answer(provider, request, response, await field(request, 'decision'));
  }
  if (options.decision !== 'ask') return answer(provider, request, response, options.decision);
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  return response.end(PAGE);
}

function report(provider) {
  provider.on('grant.success', ({ oidc, body }) => {
    say('grant', {
      grant_type: oidc.params.grant_type,
      client_id: oidc.client.clientId,
      scope: body.scope,
      id_token: Boolean(body.id_token),
      refresh_token: Boolean(body.refresh_token),
    });
  });
  provider.on('grant.error', ({ oidc }, error) => {
    say('grant_error', { grant_type: oidc.params?.grant_type, error: error.error });
  });
  provider.on('grant.revoked', () => say('grant_revoked', {}));
  provider.on('server_error', (_context, error) => say('server_error', { message: error.message }));
}

async function serve() {
  const redirectUris = options['redirect-uri'] ?? [];
  if (redirectUris.length === 0) throw new Error('--redirect-uri is needed');
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration(options.alg, redirectUris));
  report(provider);
  const handle = provider.callback();
  server.on('request', (request, response) => {
    const { pathname } = new URL(request.url, issuer);
    response.on('finish', () => {
      say('request', { method: request.method, path: pathname, status: response.statusCode });
    });
    if (!pathname.startsWith('/interaction/')) return handle(request, response);
    return interact(provider, request, response).catch((error) => {
      response.statusCode = 500;
      response.end(error.message);
    });
  });
  say('ready', {
    issuer,
    alg: options.alg,
    clients: { public: 'public-cli', confidential: 'secret-cli' },
    client_secret: 'a secret: with + and %',
  });
}

process.stdin.on('close', () => process.exit(0)).on('end', () => process.exit(0)).resume();
process.on('unhandledRejection', (error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
await serve();
