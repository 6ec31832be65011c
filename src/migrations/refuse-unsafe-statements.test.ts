import { describe, expect, test } from 'vitest';
import { problemOf } from './expect-problem.fixture.ts';
import { refuseUnsafeStatements } from './refuse-unsafe-statements.ts';
import { splitStatements } from './split-statements.ts';

const check = (text: string): void =>
  refuseUnsafeStatements([
    {
      tag: '0000_a',
      file: 'm/0000_a.sql',
      when: 1,
      hash: '',
      sameTextHashes: [],
      statements: splitStatements(text),
    },
  ]);

describe('refuseUnsafeStatements', () => {
  test.each([
    'commit',
    'select 1;\nCOMMIT;',
    '-- so\nbegin;',
    '/* ; */ rollback',
    'start  transaction',
    "select ';'; end;",
    'abort',
    "prepare transaction 'x'",
  ])('%j would end the transaction', async (text) => {
    expect((await problemOf(() => check(text))).code).toBe('migrate/transaction-control');
  });

  test('the place is the line of the command', async () => {
    const text = 'select 1;\n--> statement-breakpoint\nselect 2;\n-- why\ncommit;';
    expect((await problemOf(() => check(text))).places).toEqual([
      { file: 'm/0000_a.sql', line: 5 },
    ]);
  });

  test('COPY FROM STDIN would wait forever', async () => {
    const text = 'COPY public.t (a, b)\n FROM stdin;\n1\t2\n\\.\n';
    expect((await problemOf(() => check(text))).code).toBe('migrate/copy-from-stdin');
  });

  test.each([
    'do $$ begin perform 1; commit; end $$',
    'create function f() returns int language plpgsql as $f$ begin return 1; end; $f$;',
    'create function f() returns int begin atomic select 1; select 2; end;',
    "insert into t values ('; commit;', E'it\\'s; rollback')",
    'select "; commit;" from t -- ; commit;',
    'savepoint a; rollback to savepoint a; rollback work to a',
    "copy t from program 'x'",
    'create table commits (id int); create table ends (id int);',
  ])('%j is fine', (text) => {
    expect(() => check(text)).not.toThrow();
  });

  test('a parameter is not a dollar quote', () => {
    expect(() => check('select $1$; commit; $2$')).toThrow('COMMIT');
  });
});
