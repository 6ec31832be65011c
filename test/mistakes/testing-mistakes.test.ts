import { pgTable, text, uuid } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { problemOf } from '../../src/migrations/expect-problem.fixture.ts';
import { formatProblem } from '../../src/report/format-problem.ts';
import { testSchema, type TestSchemaOptions } from '../../src/testing.ts';

const notes = pgTable('notes', { id: uuid('id').primaryKey(), title: text('title') });

/** Invalid options of testSchema(), and the resulting problem. */
const MISTAKES: readonly [name: string, options: object, code: string, fix: string][] = [
  ['no database', {}, 'testing/no-database', 'migrations: '],
  ['no such folder', { migrations: './nowhere' }, 'migrate/no-folder', 'drizzle-kit generate'],
  ['a misspelled part', { parts: ['row'] }, 'testing/unknown-name', 'did you mean rows?'],
  ['a misspelled open table', { open: ['note'] }, 'testing/unknown-name', 'did you mean notes?'],
  ['samples of no table', { samples: { note: {} } }, 'testing/unknown-name', 'did you mean notes?'],
  [
    'samples of no column',
    { samples: { notes: [{ titel: '' }] } },
    'testing/unknown-name',
    'did you mean title?',
  ],
  ['an unknown only', { only: ['note'] }, 'testing/unknown-name', 'did you mean notes?'],
  [
    'a misspelled constraint as untried',
    { untried: { note_pkey: 'x' } },
    'testing/unknown-name',
    'did you mean notes_pkey?',
  ],
  [
    'a misspelled subject as untried',
    { untried: { 'insert validator notes.titel': 'x' } },
    'testing/unknown-name',
    'did you mean insert validator notes.title?',
  ],
  [
    'an untried that resembles no name',
    { untried: { elephant: 'x' } },
    'testing/unknown-name',
    'report',
  ],
  [
    'known subjects as untried',
    { untried: { notes_pkey: 'x', 'null notes.title': 'x', 'zero notes': 'x' } },
    'testing/no-database',
    'migrations: ',
  ],
  [
    'a server that is down',
    { database: 'postgres://ada:secret@127.0.0.1:1/db' },
    'database/unreachable',
    'host',
  ],
];

test.each(MISTAKES)('testSchema(): %s', async (_, options, code, fix) => {
  // JavaScript does not check the options.
  const problem = await problemOf(() => testSchema({ notes }, options as TestSchemaOptions));
  expect(problem.code, formatProblem(problem)).toBe(code);
  expect(problem.fix).toContain(fix);
});
