import { afterAll, beforeAll, expect, test } from 'vitest';
import { testProject, type TestProject } from '../generate/project.fixture.ts';
import { ON_SUPABASE, OWNER, proveProject, schema } from './prove-project.fixture.ts';

let project: TestProject;
beforeAll(async () => {
  project = await proveProject();
});
afterAll(() => project[Symbol.dispose]());

const prove = (...args: readonly string[]) =>
  project.garden(['rules', '--prove', '--seed', '5', '--questions', '200', ...args]);

test('--prove compares the migrations with the rules, and another database too', async () => {
  const { code, out } = await prove('--data', './data');
  expect(out).toMatch(
    /^\d+ questions in \d+ sets of rows, \d+ cases; seed 5\ncompared with the rules: the database, the mutation guard, guarded reads in Postgres, guarded reads in SQLite\ncases with allowed and denied rows: read \d+ %, insert \d+ %, update 0 %, delete 0 %\nconditions that some rows met and others did not: 1 of 1\npolicies, grants and functions of .*data: as the rules require\n$/,
  );
  expect(code).toBe(0);
});

test('--prove reports rules that no migration has yet', async () => {
  project.write({ 'schema.ts': schema(`and(owner(t.createdBy), role('editor'))`) });
  const { code, out } = await prove();
  project.write({ 'schema.ts': OWNER });
  expect(code).toBe(1);
  expect(out).toContain('DRIFT: the migrations differ from the rules, so nothing was compared.');
  expect(out).toContain('  policy notes.access_read\n    rules     r | t | app_user | using');
});

test('--prove calls auth.uid() and search functions of a project on Supabase', async () => {
  using own = testProject({ 'schema.ts': ON_SUPABASE });
  expect(await own.generate()).toMatchObject({ code: 0 });
  const args = ['rules', '--prove', '--seed', '5', '--questions', '600', '--json'];
  const { code, out } = await own.garden(args);
  const { comparison, migrationDrift } = JSON.parse(out) as {
    readonly comparison: {
      readonly coverage: { readonly missing: readonly string[] };
      readonly searches: Record<string, { readonly returned: number; readonly withheld: number }>;
    };
    readonly migrationDrift: readonly unknown[];
  };
  expect(migrationDrift).toEqual([]);
  expect(comparison.coverage.missing).toEqual([]);
  expect(comparison.searches['notes_tagged']?.returned).toBeGreaterThan(3);
  expect(comparison.searches['notes_tagged']?.withheld).toBeGreaterThan(3);
  expect(code).toBe(0);
});

test.each([
  [['notes'], 'cli/two-modes', 'accepts no argument'],
  [['--as', 'anonymous'], 'cli/two-modes', '--as'],
  [['--minutes', 'x'], 'cli/bad-value', '--minutes'],
  [['--diff', 'main'], 'cli/two-modes', '--prove'],
])('--prove refuses %j', async (args, code, text) => {
  const ran = await prove(...args);
  expect(ran).toMatchObject({ code: 2, out: '' });
  expect(ran.err).toContain(code);
  expect(ran.err).toContain(text);
});
