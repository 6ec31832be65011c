import { expect, test } from 'vitest';
import type { AccessRules, Rule, TableRules } from '../../model/rule.ts';
import { emitExistenceFunctions, type AccessSource } from './emit-existence-functions.ts';
import { emitPolicies } from './emit-policies.ts';

const nobody: Rule = { op: 'nobody' };
const mine: Rule = {
  op: 'compare',
  column: 'author',
  with: '=',
  value: { claim: 'sub', type: 'uuid' },
};

/**
 * Whether a list of the principal matches the columns: pairs of an own column and a column
 * of the list.
 */
const listed = (...on: readonly (readonly [own: string, other: string])[]): Rule => ({
  op: 'exists',
  table: 'lists',
  on: on.map(([own, other]) => ({ own, other, type: 'uuid' })),
  rule: mine,
  rows: 'raw',
});

const table = (name: string, read: Rule): TableRules => ({
  table: name,
  key: ['id'],
  columns: { id: 'uuid', list: 'uuid', home: 'uuid', author: 'uuid' },
  read,
  insert: nobody,
  update: { from: nobody, to: nobody },
  delete: nobody,
  immutable: ['id'],
});

function emit(...tables: readonly TableRules[]) {
  const rules: AccessRules = {
    claims: { sub: { type: 'uuid', path: ['sub'] } },
    tables: Object.fromEntries(
      [table('lists', mine), ...tables].map((one) => [one.table, one] as const),
    ),
  };
  const source: AccessSource = { rules, preset: 'postgres', roles: ['app_user'] };
  const namesIn = (sql: string): readonly string[] => sql.match(/exists_lists_\w+/g) ?? [];
  return {
    functions: emitExistenceFunctions(source)
      .filter(({ key }) => key.startsWith('function'))
      .flatMap(({ key }) => namesIn(key)),
    called: emitPolicies([], source).flatMap(({ create }) => namesIn(create)),
  };
}

test('lookups that differ only in the own columns share a function', () => {
  const { functions, called } = emit(
    table('notes', listed(['list', 'id'])),
    table('files', listed(['home', 'id'])),
  );
  expect(functions).toHaveLength(1);
  expect(called).toEqual([functions[0], functions[0]]);
});

test.each<[what: string, one: Rule, other: Rule]>([
  ['another column of the other table', listed(['list', 'id']), listed(['list', 'home'])],
  [
    'one value for two columns, and two values',
    listed(['list', 'id'], ['list', 'home']),
    listed(['list', 'id'], ['home', 'home']),
  ],
])('lookups with %s do not share one', (_, one, other) => {
  const { functions, called } = emit(table('notes', one), table('files', other));
  expect(functions).toHaveLength(2);
  expect(called.toSorted()).toEqual(functions.toSorted());
});

test('a function runs as its owner, with a fixed search path, and only for the roles', () => {
  const rules: AccessRules = {
    claims: { sub: { type: 'uuid', path: ['sub'] } },
    tables: { lists: table('lists', nobody), notes: table('notes', listed(['list', 'id'])) },
  };
  const made = emitExistenceFunctions({ rules, preset: 'postgres', roles: ['app_user', 'b'] });
  const [definition = '', rights = ''] = made.map(({ create }) => create);
  expect(definition).toContain(`returns boolean
language plpgsql stable parallel safe security definer
set search_path = pg_catalog, pg_temp
set row_security = off
as `);
  const name = /function (\S+\))/.exec(definition)?.[1];
  expect(rights).toBe(`revoke execute on function ${name} from public;
--> statement-breakpoint
grant execute on function ${name} to "app_user", "b";`);
});
