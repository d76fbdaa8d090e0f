// A SMART Backend Services authorization server that is not ours: oidc-provider, configured as SMART asks.
//
//   node server.mjs CLIENT_ID JWKS_URL "SCOPE SCOPE …" ALGORITHM
//
// Prints its issuer once it listens on loopback, then a line of JSON for each token request. Ends when standard input does.

import { createServer } from 'node:http';
import { once } from 'node:events';
import Provider, { errors } from 'oidc-provider';

const [clientId, jwksUri, scopes, algorithm] = process.argv.slice(2);
const tell = (line) => process.stdout.write(`${line}\n`);

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
const tokenEndpoint = `${issuer}/token`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: clientId,
    token_endpoint_auth_method: 'private_key_jwt',
    token_endpoint_auth_signing_alg: algorithm,
    jwks_uri: jwksUri,
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: scopes,
  }],
  scopes: scopes.split(' '),
  enabledJWA: { clientAuthSigningAlgValues: [algorithm] },
  features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
  ttl: { ClientCredentials: 300 },
  // What SMART requires and the library leaves open: kid and typ, the token endpoint itself as audience, five minutes.
  assertJwtClientAuthClaimsAndHeader(ctx, claims, header, client) {
    const refuse = (why) => { throw new errors.InvalidClientAuth(why); };
    if (!header.kid) refuse('kid is missing');
    if (header.typ !== 'JWT') refuse('typ is not JWT');
    if (claims.aud !== tokenEndpoint) refuse('aud is not the token endpoint');
    if (claims.iss !== client.clientId || claims.sub !== client.clientId) refuse('iss or sub is not the client');
    if (claims.exp - Math.floor(Date.now() / 1000) > 300) refuse('exp is more than 300 s ahead');
  },
  // Its own fetch refuses loopback addresses, which is where the key set is served in a test.
  fetch: (url, { dispatcher, ...options }) => globalThis.fetch(url, options),
});

provider.on('grant.success', (ctx) => tell(JSON.stringify({ granted: ctx.oidc.params.scope })));
provider.on('grant.error', (ctx, error) => tell(JSON.stringify({ refused: error.error, why: error.error_detail ?? null })));
server.on('request', provider.callback());
tell(issuer);

process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
