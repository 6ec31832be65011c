import type { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Table } from '../../model/table.ts';
import type { Access } from '../../model/access.ts';
import type { TableRules } from '../../model/rule.ts';
import { blankPostgres } from '../../testing/blank-postgres.fixture.ts';
import { explainRow, type RowExplanation } from './explain-row.ts';

/** Notes with the key 1, which a reply refers to, and login roles with fewer privileges. */
const DDL = `
  create role app_user; create role staff bypassrls; create role plain;
  create table notes (id int primary key, title text not null);
  create table replies (note_id int not null references notes);
  alter table notes enable row level security;
  create policy access_read on notes for select to app_user using (true);
  create policy access_insert on notes for insert to app_user with check (true);
  create policy access_delete on notes for delete to app_user using (true);
  grant select, insert, delete on notes to app_user;
  grant all on notes, replies to staff, plain;
  insert into notes values (1, '$1'); insert into replies values (1)`;

const column = (name: string): Table['columns'][number] => ({
  name,
  key: name,
  type: { kind: 'text' },
  notNull: true,
  serverOnly: false,
  touched: false,
});
const table: Table = {
  id: 'notes',
  name: 'notes',
  exportName: 'notes',
  columns: [column('id'), column('title')],
  uniques: [],
  foreignKeys: [],
  indexes: [],
  checks: [],
  exclusions: [],
  rowSecurity: { enabled: true, forced: false },
};
const rules: TableRules = {
  table: 'notes',
  key: ['id'],
  columns: { id: 'integer', title: 'text' },
  read: { op: 'anyone' },
  // A text that looks like a parameter.
  insert: { op: 'compare', column: 'title', with: '=', value: { literal: '$1', type: 'text' } },
  update: { from: { op: 'nobody' }, to: { op: 'nobody' } },
  delete: { op: 'anyone' },
  immutable: ['id', 'title'],
};
const access: Access = {
  rules: {
    claims: { sub: { type: 'uuid', path: ['sub'] }, roles: { type: 'text[]', path: ['roles'] } },
    tables: { notes: rules },
  },
  preset: 'postgres',
  roles: ['app_user'],
};

let client: PGlite;
beforeAll(async () => {
  client = await blankPostgres();
  await client.exec(DDL);
});
afterAll(() => client.close());

/** Explains the note 1 with a login role. */
async function explainAs(login: string, with_: Partial<Access> = {}): Promise<RowExplanation> {
  await client.exec(`set role ${login}`);
  try {
    const question = {
      table,
      rules,
      access: { ...access, ...with_ },
      claims: {},
      key: { id: '1' },
    };
    return await explainRow(drizzle(client), question);
  } finally {
    await client.exec('reset role');
  }
}

const said = ({ operations }: RowExplanation): unknown =>
  operations.map(({ operation, policiesSay, guardSays }) => [
    operation,
    policiesSay.allows ?? policiesSay.because,
    guardSays.allows ?? guardSays.because,
  ]);

test('a superuser turns triggers and foreign keys off', async () => {
  expect(said(await explainAs('postgres'))).toEqual([
    ['read', true, true],
    ['insert', true, true],
    ['update', 'no column can be changed', 'no column can be changed'],
    ['delete', true, true],
  ]);
});

test('without that privilege, a foreign key prevents only the question about an insert', async () => {
  const explained = await explainAs('staff');
  const because =
    'the row cannot be removed to insert it again: no rule, but the constraint replies_note_id_fkey refuses it';
  expect(said(explained)).toEqual([
    ['read', true, true],
    ['insert', because, because],
    ['update', 'no column can be changed', 'no column can be changed'],
    ['delete', true, true],
  ]);
  expect(explained.operations.map(({ differ }) => differ)).toEqual([false, false, false, false]);
});

test.each([
  ['a login role that policies restrict', 'plain', {}, 'rules/row-security'],
  ['a missing application role', 'postgres', { roles: ['nobody_else'] }, 'database/not-migrated'],
])('%s is refused', async (_, login, with_, code) => {
  await expect(explainAs(login, with_)).rejects.toMatchObject({ problem: { code } });
});

test('policies that allow less than the rules are a disagreement', async () => {
  await client.exec('alter policy access_delete on notes using (false)');
  const { operations } = await explainAs('postgres');
  expect(operations.filter(({ differ }) => differ).map(({ operation }) => operation)).toEqual([
    'delete',
  ]);
});
