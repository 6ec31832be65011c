import { mutantsOf, type DirectedMutant } from './directed-mutant.ts';

const table = mutantsOf('src/guard/guard-table.ts');
const check = mutantsOf('src/guard/row-check.ts');
const before = mutantsOf('src/guard/rows-before.ts');
const value = mutantsOf('src/guard/sql-value.ts');
const checks = mutantsOf('src/guard/table-checks.ts');
const same = mutantsOf('src/guard/same-behind-policies.ts');
const crud = mutantsOf('src/guard/crud/crud-mutators.ts');

/** Mistakes in guarded writes and mutators. */
export const writeMutants: readonly DirectedMutant[] = [
  before(
    'guard',
    'a row proves itself',
    'if (raw.table !== table) return undefined;',
    'if (raw.table !== null) return undefined;',
  ),
  before(
    'guard',
    'an update loses the old row',
    "return state === 'without the row' ? rest",
    "return state !== 'now' as never ? rest",
  ),
  before(
    'guard',
    'not(exists) in the written table without the claim check',
    "`(${[...present(raw.rule, context), `not ${existsSql}`].join(' and ')})`",
    '`not ${existsSql}`',
  ),
  value(
    'src/guard/sql-value.test.ts',
    'a fixed column is changed from NULL',
    'if (held === null || value === null) return held === value;',
    'if (held === null || value === null) return held === null;',
  ),
  value(
    'src/guard/sql-value.test.ts',
    'moments are truncated',
    'const micros = Math.round((milliseconds - whole) * 1000);',
    'const micros = 0;',
  ),
  value(
    'src/guard/sql-value.test.ts',
    'a backslash in a list claim',
    'replaceAll(/["\\\\]/g',
    'replaceAll(/["]/g',
  ),
  table(
    'guard',
    'the row after an update is not read',
    "  if (after?.['read'] !== true) await refuseWritten(guard, operation, 'read');\n",
    '',
  ),
  table(
    'guard',
    'the row after an update need not meet to',
    "  if (after?.['to'] !== true) await refuseWritten(guard, operation, 'update.to');\n",
    '',
  ),
  table(
    'guard',
    'the row before an update need not meet from',
    "  if (before['from'] !== true) throw denied(guard, operation, 'update.from');\n",
    '',
  ),
  table(
    'guard',
    'an unreadable row is updated',
    "  if (before?.['read'] !== true) return;\n  await change(",
    '  if (!before) return;\n  await change(',
  ),
  table(
    'guard',
    'an unreadable row is deleted',
    "  if (before?.['read'] !== true) return;\n  if (before['delete']",
    "  if (!before) return;\n  if (before['delete']",
  ),
  table(
    'guard',
    'a delete needs no rule',
    "  if (before['delete'] !== true) throw denied(guard, 'delete', 'delete');\n",
    '',
  ),
  table(
    'guard',
    'a new row is not checked',
    "  if (after?.['insert'] !== true) await refuseWritten(guard, operation, 'insert');\n",
    '',
  ),
  table(
    'src/guard/guard.pglite.test.ts',
    'upsert without the read check',
    "  if (before['read'] !== true) throw denied(guard, 'upsert', 'read');\n",
    '',
  ),
  table(
    'src/guard/server-only.test.ts',
    'a server-only column is writable',
    "  if (hidden !== undefined) throw denied(guard, operation, 'serverOnly', hidden);\n",
    '',
  ),
  checks(
    'guard',
    'an immutable column is updatable',
    '[...new Set([...table.immutable, ...table.key])]',
    '[...new Set(table.key)]',
  ),
  table(
    'src/guard/guard.pglite.test.ts',
    'a refused write can be committed',
    "    .query(\"do $$ begin raise 'refused by an access rule' using errcode = '42501'; end $$\", [])\n",
    "    .query('select 1', [])\n",
  ),
  check(
    'src/guard/guard-sql.pglite.test.ts',
    'no row lock',
    "${input.lock ? ` for update of ${ROW}` : ''}",
    '',
  ),
  check(
    'guard',
    'unknown is true',
    ') is true as ${quoteName(name)}`',
    ') is not false as ${quoteName(name)}`',
  ),
  check(
    'guard',
    'one column of the key is enough',
    "'=' | '<>'): string => {\n    const columns",
    "'=' | '<>'): string => {\n    const key = input.key.slice(0, 1);\n    const columns",
  ),
  checks(
    'guard',
    'an insert rule is a constant',
    "insert: insert === true ? 'always' : insert === false ? 'never' : 'conditional'",
    "insert: insert === false ? 'never' : 'always'",
  ),
  checks(
    'guard',
    'a new row is checked with the row in the table',
    "      state: 'without the row',\n",
    "      state: 'now',\n",
  ),
  same(
    'guard behind policies',
    'policies hide the rows of a raw lookup',
    "if (rule.rows === 'raw') return true;",
    "if (rule.rows === 'raw') return false;",
  ),
  same(
    'guard behind policies',
    'can(insert) sees only visible rows',
    "rule.operation === 'insert' || ",
    '',
  ),
  crud(
    'src/guard/crud/insert-only.test.ts',
    'an append-only table has all mutators',
    'insertOnly.has(name) ? { insert } : { insert, ...others }',
    '{ insert, ...others }',
  ),
  crud(
    'test/sync/mutate-endpoint.pglite.test.ts',
    'a soft delete does not record who deleted',
    'deletedBy: subjectOf(ctx)',
    'deletedBy: null',
  ),
];
