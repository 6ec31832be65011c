import type { AST, Condition } from '@rocicorp/zero';
import { createBuilder, defineQueries, defineQuery } from '@rocicorp/zero';
import { generateKeyPair, SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../src/kit/index.ts';
import {
  bearer,
  createServer,
  IdentityUnavailable,
  type Identify,
  type ServerOptions,
} from '../../src/server.ts';
import { mutators, queries, schema } from '../../src/apps/garden/zero/index.ts';
import { post, rules, SECRET, token } from './garden-server.fixture.ts';

const ann = newId();
const errors: unknown[] = [];
const zql = createBuilder(schema);

function serverWith(options: Partial<ServerOptions<typeof schema, never>> = {}) {
  return createServer<typeof schema, never>({
    schema,
    queries,
    mutators,
    rules,
    // Queries are compiled here, and run in zero-cache.
    database: { transaction: () => Promise.reject(new Error('no database')) } as never,
    identity: bearer({ secret: SECRET, audience: 'garden' }),
    apiKey: false,
    onError: (error) => errors.push(error),
    ...options,
  });
}

interface Asked {
  readonly id: string;
  readonly name: string;
  readonly ast?: AST;
  readonly error?: string;
  readonly message?: string;
}

async function ask(
  asked: readonly { name: string; args?: readonly unknown[] }[],
  { bearer = undefined as string | undefined, server = serverWith() } = {},
): Promise<{ readonly userID: string | null; readonly queries: readonly Asked[] }> {
  const body = asked.map(({ name, args = [] }, at) => ({ id: String(at), name, args }));
  const response = await server.query(post('/query', ['transform', body], bearer));
  expect(response.status).toBe(200);
  return (await response.json()) as never;
}

afterEach(() => {
  errors.length = 0;
  vi.restoreAllMocks();
});

/** Every table that a query reads, with the text of its conditions. */
function hops(ast: AST): readonly (readonly [string, string])[] {
  const inner = (condition: Condition | undefined): readonly (readonly [string, string])[] => {
    if (condition?.type === 'correlatedSubquery') return hops(condition.related.subquery);
    return condition && 'conditions' in condition ? condition.conditions.flatMap(inner) : [];
  };
  return [
    [ast.table, JSON.stringify(ast.where ?? null)],
    ...inner(ast.where),
    ...(ast.related ?? []).flatMap(({ subquery }) => hops(subquery)),
  ];
}

describe('an answered query', () => {
  test('has server names, and the rule at every hop', async () => {
    const { queries: answers, userID } = await ask([
      { name: 'packages.page', args: [{ registry: 'npm', name: 'react' }] },
    ]);
    expect(userID).toBeNull();
    const ast = answers[0]?.ast;
    if (!ast) throw new Error('no query');
    const found = hops(ast);
    const tables = found.map(([table]) => table);
    expect(tables).toContain('package_tags');
    expect(tables).toContain('package_versions');
    for (const [table, where] of found) {
      if (table === 'packages' || table === 'tags') expect(where).toContain('deleted_at');
      // The tag must be readable. The package is the parent row, so it is not checked
      // again.
      if (table === 'package_tags') {
        expect(where).toMatch(/"system":"permissions".*"table":"tags"/);
        expect(where).not.toContain('"table":"packages"');
      }
    }
    const versions = await ask([
      { name: 'packages.latestVersion', args: [{ packageId: newId() }] },
    ]);
    const alone = versions.queries[0]?.ast;
    if (!alone) throw new Error('no query');
    expect(JSON.stringify(alone.where)).toMatch(/"system":"permissions".*"table":"packages"/);
  });

  test("is restricted to the principal's own rows by the token alone", async () => {
    const bearer = await token({ sub: ann });
    const { queries: answers, userID } = await ask([{ name: 'requests.mine', args: [{}] }], {
      bearer,
    });
    expect(userID).toBe(ann);
    expect(JSON.stringify(answers[0]?.ast?.where)).toContain(ann);
    const stranger = await ask([{ name: 'requests.mine', args: [{}] }]);
    expect(JSON.stringify(stranger.queries)).not.toContain(ann);
  });

  test('shows everything if the token has the role, and not if only the client claims it', async () => {
    const queue = { name: 'requests.queue', args: [{ status: 'all' }] };
    const staff = await ask([queue], { bearer: await token({ sub: ann, roles: ['admin'] }) });
    expect(staff.queries[0]?.ast?.where).toBeUndefined();
    for (const roles of ['admin', { 0: 'admin' }, [['admin']], ['Admin'], ['admin', 1]]) {
      const other = await ask([queue], { bearer: await token({ sub: ann, roles }) });
      expect(JSON.stringify(other.queries[0]?.ast?.where), JSON.stringify(roles)).toContain(ann);
    }
  });
});

describe('hostile queries', () => {
  test.each([
    'packages',
    'packages.search.fn',
    'packages.constructor',
    'constructor',
    '__proto__',
    'packages.__proto__.constructor',
    'packages|search',
    'packages.search.',
    '~',
    '',
    'toString',
  ])('no query is named %j', async (name) => {
    const good = { name: 'tags.list', args: [{}] };
    const { queries: answers } = await ask([{ name, args: [{}] }, good]);
    expect(answers[0]).toMatchObject({ error: 'app', name });
    expect(answers[0]?.ast).toBeUndefined();
    expect(answers[1]?.ast).toBeDefined();
  });

  test.each([
    [{ registry: 'pypi', name: 'x' }],
    [{ registry: 'npm', name: { $ne: '' } }],
    [{ registry: 'npm', name: 'a\0b' }],
    [{ registry: 'npm', name: '\ud800' }],
    [{ registry: 'npm', name: 'x', where: {} }],
    [{ registry: 'npm', name: 'x'.repeat(257) }],
    [null],
    ['x'],
    [],
  ])('arguments %j', async (...args: unknown[]) => {
    const { queries: answers } = await ask([{ name: 'packages.page', args }]);
    expect(answers[0]).toMatchObject({ error: 'app' });
    expect(answers[0]?.ast).toBeUndefined();
    expect(errors).toEqual([]);
  });

  test.each([
    [
      'a client-defined query',
      [{ id: '1', name: 'tags.list', args: [{}], ast: { table: 'account' } }],
    ],
    ['a query instead of a name', [{ id: '1', ast: { table: 'account' } }]],
    ['no list', { id: '1' }],
  ])('%s is not read', async (_, body) => {
    vi.spyOn(console, 'error').mockReturnValue();
    const response = await serverWith().query(post('/query', ['transform', body]));
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('"ast":{"table":"account"');
  });

  test('a body that is not JSON', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    expect((await serverWith().query(post('/query', '{'))).status).toBe(400);
  });

  test('wildcards in a text are literal', async () => {
    const { queries: answers } = await ask([{ name: 'packages.search', args: [{ text: '%_\\' }] }]);
    expect(JSON.stringify(answers[0]?.ast?.where)).toContain(JSON.stringify('\\%\\_\\\\%'));
  });
});

describe("the application's own queries", () => {
  const withQuery = (fn: () => never) =>
    serverWith({ queries: defineQueries({ own: defineQuery(fn) }) });

  test('cannot use a column that is not synced, and other queries are answered', async () => {
    vi.spyOn(console, 'error').mockReturnValue();
    const lockedBy = 'lockedBy' as 'errorMessage';
    for (const query of [
      zql.packageRequests.where(lockedBy, 'x'),
      zql.packages.whereExists('requests', (request) => request.where(lockedBy, 'x')),
      zql.packageRequests.orderBy(lockedBy, 'asc'),
    ]) {
      const own = defineQuery(() => query as never);
      const server = serverWith({ queries: defineQueries(queries, { own }) });
      const asked = [{ name: 'own' }, { name: 'tags.list', args: [{}] }];
      const { queries: answers } = await ask(asked, { server });
      expect(answers).toMatchObject([{ error: 'app', message: 'the server failed.' }, { ast: {} }]);
      expect((await ask([{ name: 'own' }], { server })).queries).toEqual([answers[0]]);
      expect(JSON.stringify(answers)).not.toMatch(/locked/i);
    }
    expect(errors).toHaveLength(6);
  });

  test('deep related and exists are guarded down to the last hop', async () => {
    const server = withQuery(
      () =>
        zql.account
          .related('assignedTags', (q) => q.related('package', (p) => p.related('requests')))
          .whereExists('requests', (q) => q.whereExists('source')) as never,
    );
    const { queries: answers } = await ask([{ name: 'own' }], { server });
    const ast = answers[0]?.ast;
    if (!ast) throw new Error('no query');
    const requests = hops(ast).filter(([table]) => table === 'package_requests');
    expect(requests).toHaveLength(2);
    // An anonymous principal reads no request.
    for (const [, where] of requests) {
      expect(where).toContain('"left":{"type":"literal","value":1}');
    }
  });

  test('their errors do not reach the client', async () => {
    const secret = new Error('password=hunter2');
    const server = withQuery(() => {
      throw secret;
    });
    const { queries: answers } = await ask([{ name: 'own' }], { server });
    expect(answers[0]).toMatchObject({ error: 'app', message: 'the server failed.' });
    expect(errors).toEqual([secret]);
  });

  test('a rule that cannot be expanded refuses every query', async () => {
    const broken = { ...rules.tables['tags']!, read: { op: 'role', role: 'x' } as const };
    const server = serverWith({
      rules: { claims: {}, tables: { ...rules.tables, tags: broken } },
    });
    const { queries: answers } = await ask([{ name: 'tags.list', args: [{}] }], { server });
    expect(answers[0]).toMatchObject({ error: 'app', message: 'the server failed.' });
    expect(errors).toHaveLength(1);
  });
});

test('each query over a limit gets an error, and the others are answered', async () => {
  const server = serverWith({ queryLimits: { perRequest: 2 } });
  const list = { name: 'tags.list', args: [{}] };
  const { queries: answers } = await ask([list, list, list], { server });
  expect(answers.slice(0, 2)).toEqual([
    expect.objectContaining({ ast: expect.anything() }),
    expect.objectContaining({ ast: expect.anything() }),
  ]);
  expect(answers[2]).toEqual({
    id: '2',
    name: 'tags.list',
    error: 'app',
    message: 'too many queries in one request: at most 2 are answered.',
    details: { code: 'sync/too-many-queries' },
  });
  expect(errors).toEqual([]);
});

describe('access to the endpoints', () => {
  const body = ['transform', [{ id: '1', name: 'tags.list', args: [{}] }]];

  test('an invalid token gets 401, and is never anonymous', async () => {
    const expired = await token({ sub: ann }, { expires: '-1m' });
    for (const bearer of [expired, 'x', `${await token({ sub: ann })}x`]) {
      const response = await serverWith().query(post('/query', body, bearer));
      expect(response.status).toBe(401);
      expect(await response.json()).toEqual({ error: 'the token is not valid.' });
    }
  });

  test('a custom identity function', async () => {
    const identity: Identify = (request) => ({ sub: request.headers.get('authorization') ?? '' });
    const { userID } = await ask([], { server: serverWith({ identity }), bearer: 'me' });
    expect(userID).toBe('Bearer me');
    const failing = serverWith({ identity: () => Promise.reject(new Error('session store')) });
    expect((await failing.query(post('/query', body))).status).toBe(401);
  });

  test('unavailable keys get 503 and are logged, so zero-cache retries', async () => {
    const server = serverWith({ identity: bearer({ jwksUrl: 'http://127.0.0.1:1/jwks.json' }) });
    const { privateKey } = await generateKeyPair('ES256');
    const signed = await new SignJWT({ sub: ann })
      .setProtectedHeader({ alg: 'ES256' })
      .setExpirationTime('1m')
      .sign(privateKey);
    for (const path of ['/query', '/mutate']) {
      errors.length = 0;
      const response = await server.handler(post(path, body, signed));
      expect(response.status).toBe(503);
      expect(await response.json()).toEqual({ error: 'the server failed; try again.' });
      expect(errors).toEqual([expect.any(IdentityUnavailable)]);
    }
    expect((await server.query(post('/query', body))).status).toBe(200);
  });

  test('only callers with the key', async () => {
    const server = serverWith({ apiKey: 'of zero-cache' });
    expect((await server.query(post('/query', body))).status).toBe(403);
    for (const [key, status] of [
      ['of zero-cach', 403],
      ['of zero-cachf', 403],
      ['of zero-cache', 200],
    ] as const) {
      const request = post('/query', body);
      request.headers.set('X-Api-Key', key);
      expect((await server.query(request)).status).toBe(status);
    }
  });

  test('only POST, and only on the two paths', async () => {
    const server = serverWith();
    expect((await server.handler(new Request('http://api.test/query'))).status).toBe(405);
    expect((await server.handler(post('/', body))).status).toBe(404);
    expect((await server.handler(post('/api/zero/query', body))).status).toBe(200);
  });
});
