import postgres from 'postgres';
import { beforeAll, expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import type { PostgresServer } from './postgres-server.ts';
import { startPostgres } from './postgres-server.ts';
import { sharedPostgres } from './shared-postgres.fixture.ts';
import { startZeroCache, type ZeroCacheOptions } from './zero-cache.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await sharedPostgres();
});

const refused = async (options: ZeroCacheOptions): Promise<ProblemError['problem']> => {
  try {
    await using _ = await startZeroCache(options);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('it has started');
};

test('a server without logical replication is told so in a sentence', async () => {
  await using plain = await startPostgres();
  expect(await refused({ upstream: plain.url })).toEqual({
    code: 'stack/upstream',
    message: 'zero-cache cannot replicate this Postgres: wal_level is replica.',
    context: [expect.stringContaining('/postgres')],
    fix: expect.stringContaining('wal_level'),
  });
});

test('publications that are not there, or publish too little, and a role are told at once', async () => {
  const upstream = await server.createDatabase();
  const sql = postgres(upstream, { max: 1, onnotice: () => {} });
  await sql`create publication inserts for all tables with (publish = 'insert')`;
  await sql`create role reader login password 'x'`;
  await sql.end();
  const url = new URL(upstream);
  url.username = 'reader';
  url.password = 'x';
  const { message, fix } = await refused({
    upstream: url.href,
    publications: ['inserts', 'no"where'],
  });
  expect(message).toBe(
    'zero-cache cannot replicate this Postgres: the role may not replicate; the publication "inserts" omits some kinds of changes; there is no publication "no""where".',
  );
  expect(fix.split('\n')).toHaveLength(3);
});

test('a server that is not there is told as every command tells it', async () => {
  const { code } = await refused({ upstream: 'postgres://ada@127.0.0.1:1/db?connect_timeout=1' });
  expect(code).toBe('database/unreachable');
});
