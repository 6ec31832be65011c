import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import { problemOf } from './expect-problem.fixture.ts';
import type { Migration } from './migration.ts';
import { planPending, type AppliedRow } from './plan-pending.ts';

const migration = (number: number, when: number): Migration => ({
  tag: `000${number}_m`,
  file: `m/000${number}_m.sql`,
  when,
  hash: `hash ${number}`,
  sameTextHashes: [`hash ${number}`, `windows ${number}`],
  statements: [],
});
const rowOf = ({ hash, when }: Migration): AppliedRow => ({ hash, when });

const [first, second, third] = [migration(0, 100), migration(1, 200), migration(2, 300)];
const plan = (files: readonly Migration[], rows: readonly AppliedRow[]) =>
  planPending(files, rows, 'ada@host:5432/db');
const refusal = (files: readonly Migration[], rows: readonly AppliedRow[]) =>
  problemOf(() => plan(files, rows));

describe('planPending', () => {
  test('runs migrations without a row, in the order of the journal', () => {
    expect(plan([first, second, third], [rowOf(first)])).toEqual({
      pending: [second, third],
      alreadyApplied: 1,
    });
  });

  test('accepts other line endings as the same text', () => {
    expect(plan([first], [{ when: 100, hash: 'windows 0' }]).pending).toEqual([]);
  });

  test('refuses a file that was edited after it was applied', async () => {
    const problem = await refusal([first, second], [{ when: 100, hash: 'older text' }]);
    expect(problem.code).toBe('migrate/edited');
    expect(problem).toMatchObject({
      places: [{ file: 'm/0000_m.sql' }],
      context: ['ada@host:5432/db'],
    });
  });

  test('refuses a pending file that drizzle-kit would skip', async () => {
    const problem = await refusal([first, second, third], [rowOf(first), rowOf(third)]);
    expect(problem.code).toBe('migrate/out-of-order');
    expect(problem.places?.[0]?.file).toBe('m/0001_m.sql');
    expect(problem.fix).toContain('more than 300');
  });

  test('recognizes a database that is newer than the package', async () => {
    const problem = await refusal([first], [rowOf(first), rowOf(second)]);
    expect(problem.code).toBe('migrate/database-newer');
  });

  test("recognizes another project's database", async () => {
    expect((await refusal([first], [{ when: 50, hash: 'x' }])).code).toBe(
      'migrate/unknown-applied',
    );
    // Newer than our migration, but ours is missing: the database is not simply newer.
    expect((await refusal([first], [{ when: 500, hash: 'x' }])).code).toBe(
      'migrate/unknown-applied',
    );
  });

  test('refuses a row without a time, which would make Drizzle run everything again', async () => {
    const problem = await refusal([first], [{ when: undefined, hash: 'x' }]);
    expect(problem.code).toBe('migrate/unknown-applied');
  });

  test('detects that only the time in the journal changed', async () => {
    const problem = await refusal([{ ...first, when: 101 }], [rowOf(first)]);
    expect(problem.code).toBe('migrate/journal-changed');
    expect(problem.fix).toContain('back to 100');
  });

  test('an accepted plan agrees with Drizzle, and completes the journal', () => {
    const whens = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 6 });
    fc.assert(
      fc.property(whens, whens, (journal, database) => {
        const files = journal.map((when) => ({
          ...migration(0, when),
          hash: String(when),
          sameTextHashes: [String(when)],
        }));
        const rows = database.map((when) => ({ when, hash: String(when) }));
        const last = Math.max(-1, ...database);
        const drizzles = files.filter((file) => last < file.when);
        let ours: readonly Migration[];
        try {
          ours = plan(files, rows).pending;
        } catch (error) {
          expect(error).toBeInstanceOf(ProblemError);
          return;
        }
        expect(ours).toEqual(drizzles);
        expect(new Set([...database, ...ours.map((file) => file.when)])).toEqual(new Set(journal));
      }),
    );
  });
});
