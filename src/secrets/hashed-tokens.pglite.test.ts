import type { PGlite } from '@electric-sql/pglite';
import { eq, sql } from 'drizzle-orm';
import { text } from 'drizzle-orm/pg-core';
import { drizzle, type PgliteDatabase } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { hashedToken, hashedTokenKeys, id, newId, pgTable } from '../kit/index.ts';
import { readSchema } from '../read/drizzle/read-schema.ts';
import { blankPostgres } from '../testing/blank-postgres.fixture.ts';
import { hashedTokens } from './hashed-tokens.ts';

const keys = pgTable('keys', { id: id(), name: text('name').notNull(), ...hashedToken() }, (t) => [
  ...hashedTokenKeys(t),
]);
const HOUR = 3_600_000;
const tokens = hashedTokens(keys, { prefix: 'gdn', lifetime: HOUR, grace: HOUR });

let client: PGlite;
let db: PgliteDatabase;
const logged: string[] = [];
beforeAll(async () => {
  client = await blankPostgres();
  const statements = await generateMigration(
    generateDrizzleJson({}),
    generateDrizzleJson({ keys }),
  );
  for (const statement of statements) await client.exec(statement);
  db = drizzle(client, {
    logger: { logQuery: (query, params) => void logged.push(query, JSON.stringify(params)) },
  });
});
afterAll(() => client.close());

const issue = () => tokens.issue(db, { id: newId(), name: 'one' });

test('a token is random, verified, and stored as a hash with its visible start', async () => {
  const { token, row } = await issue();
  expect(token).toMatch(/^gdn_[A-Za-z0-9_-]{43}$/);
  expect(row).toEqual({
    id: row.id,
    name: 'one',
    tokenPrefix: token.slice(0, 10),
    tokenExpiresAt: expect.any(Date),
  });
  expect(await tokens.verify(db, token)).toEqual(row);
  const stored = JSON.stringify((await client.query('select * from keys')).rows);
  expect(stored).not.toContain(token.slice(10));
  expectTypeOf(row).not.toHaveProperty('tokenHash');
});

test.each<[string, (token: string) => unknown]>([
  ['another token', (token) => token.slice(0, -1) + (token.endsWith('A') ? 'B' : 'A')],
  ['another prefix', (token) => token.replace('gdn', 'abc')],
  ['a longer text', (token) => `${token}A`],
  ['SQL', () => "' or true --"],
  ['a NUL character', (token) => `${token.slice(0, -1)}\0`],
  ['an object', (token) => ({ toString: () => token })],
  ['nothing', () => undefined],
])('%s is not valid', async (_, change) => {
  const { token } = await issue();
  expect(await tokens.verify(db, change(token))).toBeUndefined();
  expect(await tokens.consume(db, change(token))).toBeUndefined();
});

test('expiry is decided by the time of the database', async () => {
  const { token, row } = await issue();
  await db
    .update(keys)
    .set({ tokenExpiresAt: sql`now()` })
    .where(eq(keys.id, row.id));
  expect(await tokens.verify(db, token)).toBeUndefined();
  expect(await tokens.rotate(db, token)).toBeUndefined();
});

test('after a rotation the old token is valid for the grace period, and cannot rotate', async () => {
  const { token, row } = await issue();
  const next = await tokens.rotate(db, token);
  expect(next?.row.tokenPrefix).toBe(next?.token.slice(0, 10));
  expect((await tokens.verify(db, token))?.id).toBe(row.id);
  expect((await tokens.verify(db, next?.token))?.id).toBe(row.id);
  expect(await tokens.rotate(db, token)).toBeUndefined();
  expect(await tokens.consume(db, token)).toBeUndefined();
  await db
    .update(keys)
    .set({ previousTokenUntil: sql`now()` })
    .where(eq(keys.id, row.id));
  expect(await tokens.verify(db, token)).toBeUndefined();
});

test('of several callers at once, one consumes the token', async () => {
  const { token } = await issue();
  const rows = await Promise.all(Array.from({ length: 20 }, () => tokens.consume(db, token)));
  expect(rows.filter(Boolean)).toHaveLength(1);
  expect(await tokens.verify(db, token)).toBeUndefined();
});

test('a revoked token is invalid, and so is the one before it', async () => {
  const { token } = await issue();
  const next = await tokens.rotate(db, token);
  expect(await tokens.revoke(db, next?.token)).toBe(true);
  expect(await tokens.revoke(db, next?.token)).toBe(false);
  for (const one of [token, next?.token]) expect(await tokens.verify(db, one)).toBeUndefined();
});

test('neither statements nor errors contain the token', async () => {
  const { token, row } = await issue();
  logged.length = 0;
  await tokens.verify(db, token);
  await tokens.rotate(db, token);
  const error = await tokens.issue(db, { id: row.id, name: 'two' }).catch(String);
  expect(error).toContain('keys');
  expect(logged.length).toBeGreaterThan(4);
  expect(logged.join() + String(error)).not.toContain(token.slice(10));
});

test('clients only see the prefix and the expiry', () => {
  const { schema } = readSchema({ files: [{ file: '/schema.ts', exports: { keys } }] });
  const hidden = schema.tables[0]!.columns.filter(({ serverOnly }) => serverOnly);
  expect(hidden.map(({ name }) => name)).toEqual([
    'token_hash',
    'token_used_at',
    'previous_token_hash',
    'previous_token_until',
  ]);
});

test.each<[string, () => unknown, string]>([
  [
    'a prefix with an underscore',
    () => hashedTokens(keys, { prefix: 'g_n' }),
    'secrets/token-prefix',
  ],
  [
    'an endless lifetime',
    () => hashedTokens(keys, { prefix: 'gdn', lifetime: Infinity }),
    'secrets/token-duration',
  ],
])('%s is refused', (_, run, code) => {
  expect(run).toThrow(expect.objectContaining({ problem: expect.objectContaining({ code }) }));
});
