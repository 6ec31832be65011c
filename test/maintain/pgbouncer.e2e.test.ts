import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql as statement } from 'drizzle-orm';
import { uuid } from 'drizzle-orm/pg-core';
import { drizzle } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defineAccess, id, indexOn, newId, owner, pgTable } from '../../src/kit/index.ts';
import { cleanUpDatabase, doctor } from '../../src/ops.ts';
import { sharedPostgres } from '../../src/processes/shared-postgres.fixture.ts';
import { accessRules, asPrincipal, createServices, guardSql } from '../../src/server.ts';
import { install } from '../kit/install.ts';
import { archivedNumbers, logs } from './killed-tables.fixture.ts';
import { startPgbouncer, type Pgbouncer } from './start-pgbouncer.fixture.ts';

const { access } = defineAccess();
const notes = pgTable('notes', { id: id(), ownerId: uuid('owner_id').notNull() }, (t) => [
  indexOn(t.ownerId),
  ...access(t, { read: owner(t.ownerId), insert: owner(t.ownerId) }),
]).enableRLS();

const PEOPLE = Array.from({ length: 20 }, () => newId());
let pooler: Pgbouncer;
let url: string;
beforeAll(async () => {
  const server = await sharedPostgres();
  const direct = await server.createDatabase();
  const sql = postgres(direct, { max: 1, onnotice: () => {} });
  await install({ exec: (text: string) => sql.unsafe(text).simple() } as never, { notes, logs });
  for (const person of PEOPLE) await sql`insert into notes values (${newId()}, ${person})`;
  await sql`insert into logs select gen_random_uuid(), now() - interval '2 days', n from generate_series(1, 2000) n`;
  await sql.end();
  pooler = await startPgbouncer(server.url, 2);
  url = pooler.through(direct);
});
afterAll(() => pooler[Symbol.asyncDispose]());

test('no claim and no role outlives its transaction, although connections are shared', async () => {
  const sql = postgres(url, { max: 20, prepare: false, fetch_types: false, onnotice: () => {} });
  const db = drizzle(sql);
  try {
    const backends = new Set<number>();
    const seen = await Promise.all(
      PEOPLE.flatMap((person) => [person, person, person]).map(async (person) => {
        const own = await asPrincipal(db, { role: 'app_user', claims: { sub: person } }, (tx) =>
          tx.select({ ownerId: notes.ownerId }).from(notes),
        );
        const failing = asPrincipal(db, { role: 'app_user', claims: { sub: person } }, (tx) =>
          tx.execute(statement`select 1 / 0`),
        );
        await expect(failing).rejects.toThrow('Failed query');
        const [after] = await sql<{ pid: number; claims: string | null; role: string }[]>`
          select pg_backend_pid() as pid, current_setting('request.jwt.claims', true) as claims, current_user as role`;
        backends.add(after?.pid ?? 0);
        return { own, claims: after?.claims ?? '', role: after?.role, person };
      }),
    );
    for (const { own, claims, role, person } of seen) {
      expect(own).toEqual([{ ownerId: person }]);
      expect(claims).toBe('');
      expect(role).toBe('postgres');
    }
    // Sixty principals shared two connections.
    expect(backends.size).toBeLessThanOrEqual(2);
  } finally {
    await sql.end();
  }
});

test('services and guarded transactions work, and leave nothing behind', async () => {
  const sql = postgres(url, { max: 10, prepare: false, fetch_types: false, onnotice: () => {} });
  const services = createServices({ notes }, { db: drizzle(sql), defaults: { id: newId } });
  const rules = accessRules({ notes });
  try {
    await Promise.all(
      PEOPLE.map(async (person, at) => {
        const own = services.as({ sub: person });
        await own.notes.create({ ownerId: person }, { columns: ['id'] });
        const other = PEOPLE[(at + 1) % PEOPLE.length] ?? '';
        await expect(own.notes.create({ ownerId: other })).rejects.toMatchObject({
          failure: { code: 'denied' },
        });
        const { rows } = await own.notes.list({ limit: 10 });
        expect(new Set(rows.map(({ ownerId }) => ownerId))).toEqual(new Set([person]));
        await sql.begin(async (tx) => {
          const { mutate } = guardSql(
            { query: async (text, values) => [...(await tx.unsafe(text, values as never[]))] },
            rules,
            { sub: person },
          );
          await mutate.notes!.insert({ id: newId(), owner_id: person });
        });
        expect((await own.notes.list({ limit: 10 })).rows).toHaveLength(3);
        const [after] = await sql<{ claims: string | null; role: string }[]>`
          select current_setting('request.jwt.claims', true) as claims, current_user as role`;
        expect([after?.claims ?? '', after?.role]).toEqual(['', 'postgres']);
      }),
    );
  } finally {
    await sql.end();
  }
});

test('the doctor finds the same as without the pooler', async () => {
  const { findings, notChecked } = await doctor(url);
  expect(findings).toEqual([]);
  expect(notChecked.every(({ reason }) => reason.includes('no definitions'))).toBe(true);
});

test('two cleanups at once archive each row once', async () => {
  const archive = mkdtempSync(join(tmpdir(), 'garden-archive-'));
  try {
    const both = await Promise.allSettled([
      cleanUpDatabase(url, { logs }, { archive }),
      cleanUpDatabase(url, { logs }, { archive }),
    ]);
    const deleted = both.flatMap((one) =>
      one.status === 'fulfilled' ? (one.value.tables[0]?.deleted ?? 0) : [],
    );
    expect(deleted.reduce((sum, one) => sum + one, 0)).toBe(2000);
    const numbers = archivedNumbers(archive);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: 2000 }, (_, at) => at + 1),
    );
  } finally {
    rmSync(archive, { recursive: true, force: true });
  }
});
