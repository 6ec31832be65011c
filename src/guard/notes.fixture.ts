import type { PGlite } from '@electric-sql/pglite';
import { boolean, createBuilder, createSchema, json, number, string, table } from '@rocicorp/zero';
import { zeroDrizzle } from '@rocicorp/zero/server/adapters/drizzle';
import { drizzle } from 'drizzle-orm/pglite';
import type { AccessRules, Claims, Rule } from '../model/rule.ts';
import { blankPostgres } from '../testing/blank-postgres.fixture.ts';
import { guard, type GuardedTransaction } from './guard.ts';

/** Notes of teams, written by team members, for tests of the guard. */
export const id = (number: number): string =>
  `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const [ANN, BEN, MINE, OTHERS] = [id(1), id(2), id(10), id(20)];
export const CREATED = Date.UTC(2026, 0, 1, 12, 0, 0, 123);

const schema = createSchema({
  tables: [
    table('note')
      .from('notes')
      .columns({
        id: string(),
        team: string(),
        author: string().from('author_id'),
        title: string(),
        archived: boolean().optional(),
        createdAt: number().from('created_at'),
        // A type that rules do not support.
        origin: json<{ a: number }>().optional(),
      })
      .primaryKey('id'),
    table('member')
      .from('app.members')
      .columns({ team: string(), person: string(), boss: string().optional() })
      .primaryKey('team', 'person'),
    table('secret').columns({ id: string(), word: string() }).primaryKey('id'),
  ],
});
export const zql = createBuilder(schema);

const DDL = `
  create schema app;
  create table notes (
    id uuid primary key, team uuid not null, author_id uuid not null, title text not null,
    archived boolean, created_at timestamptz(3) not null, origin jsonb);
  create table app.members (team uuid, person uuid, boss uuid, primary key (team, person));
  create table secret (id text primary key, word text not null);`;
const ROWS = `
  insert into app.members values ('${MINE}', '${ANN}'), ('${OTHERS}', '${BEN}'), ('${MINE}', '${BEN}');
  insert into secret values ('a', 'hush');
  insert into notes values
    ('${id(11)}', '${MINE}', '${ANN}', 'by Ann', false, '2026-01-01T12:00:00.123Z', '{"a":1}'),
    ('${id(12)}', '${MINE}', '${BEN}', 'by Ben', false, '2026-01-01T12:00:00.123Z', null),
    ('${id(13)}', '${MINE}', '${ANN}', 'kept', true, '2026-01-01T12:00:00.123Z', null),
    ('${id(21)}', '${OTHERS}', '${BEN}', 'hidden', null, '2026-01-01T12:00:00.123Z', null);`;

const me = (column: string): Rule => ({
  op: 'compare',
  column,
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
});
const member: Rule = {
  op: 'exists',
  table: 'app.members',
  on: [{ other: 'team', own: 'team' }],
  rule: me('person'),
  rows: 'raw',
};
const all = (...rules: readonly Rule[]): Rule => ({ op: 'and', rules });

export const rules: AccessRules = {
  claims: {
    sub: { type: 'uuid', path: ['sub'] },
    roles: { type: 'text[]', path: ['roles'] },
  },
  tables: {
    notes: {
      table: 'notes',
      key: ['id'],
      columns: {
        id: 'uuid',
        team: 'uuid',
        author_id: 'uuid',
        title: 'text',
        archived: 'boolean',
        created_at: 'moment',
      },
      read: member,
      insert: all(me('author_id'), member),
      update: {
        from: me('author_id'),
        to: {
          op: 'compare',
          column: 'title',
          with: '!=',
          value: { literal: 'forbidden', type: 'text' },
        },
      },
      delete: all(me('author_id'), {
        op: 'not',
        rule: {
          op: 'compare',
          column: 'archived',
          with: '=',
          value: { literal: true, type: 'boolean' },
        },
      }),
      immutable: ['id', 'author_id', 'created_at', 'origin'],
    },
    // Members add members: a rule about the written table itself.
    'app.members': {
      table: 'app.members',
      key: ['team', 'person'],
      columns: { team: 'uuid', person: 'uuid', boss: 'uuid' },
      read: { op: 'anyone' },
      insert: member,
      update: {
        from: { op: 'anyone' },
        // The new boss must have one too, unlike before.
        to: {
          op: 'exists',
          table: 'app.members',
          on: [
            { other: 'team', own: 'team' },
            { other: 'person', own: 'boss' },
          ],
          rule: { op: 'not', rule: { op: 'null', column: 'boss' } },
          rows: 'raw',
        },
      },
      delete: me('person'),
      immutable: [],
    },
  },
};

export type Tx = GuardedTransaction<typeof schema, unknown>;

/**
 * A database that is reset to the rows above before each `run`, with the statements of the
 * last run.
 */
export async function notesDatabase(): Promise<{
  readonly client: PGlite;
  readonly statements: readonly string[];
  /** Runs a mutator as a principal, in its own transaction. */
  run(mutate: (tx: Tx) => Promise<unknown>, claims?: Claims, access?: AccessRules): Promise<void>;
  rows(sql: string): Promise<readonly unknown[]>;
  reset(): Promise<void>;
}> {
  const client = await blankPostgres();
  await client.exec(DDL);
  const statements: string[] = [];
  const db = drizzle(client, { logger: { logQuery: (sql) => statements.push(sql) } });
  const zero = zeroDrizzle(schema, db);
  // Zero reads the catalog once.
  await zero.transaction(async () => {});
  return {
    client,
    statements,
    async run(mutate, claims = { sub: ANN }, access = rules) {
      await zero.transaction(async (tx) => {
        statements.length = 0;
        await mutate(guard(tx, access, claims, { schema }) as unknown as Tx);
      });
    },
    rows: async (sql) => (await client.query(sql, [], { rowMode: 'array' })).rows,
    async reset() {
      await client.exec(`truncate notes, app.members, secret; ${ROWS}`);
    },
  };
}
