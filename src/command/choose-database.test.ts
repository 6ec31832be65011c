import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import { recordIo } from './record-io.fixture.ts';
import { chooseDatabase } from './choose-database.ts';

const url = 'postgres://ada:secret@host/db';
const choose = (options: Record<string, string>, env: Record<string, string> = {}) =>
  chooseDatabase({ io: recordIo({ env, cwd: '/app' }), text: (name) => options[name] });

test.each([
  [{ 'database-url': url }, { DATABASE_URL: 'postgres://other/db' }, 'ada@host:5432/db'],
  [{}, { DATABASE_URL: url, NODE_ENV: 'production' }, 'ada@host:5432/db'],
  [{}, {}, resolve('/app/.garden/pglite')],
  [{ data: 'here' }, { DATABASE_URL: url }, resolve('/app/here')],
  [{ data: 'here' }, { NODE_ENV: 'production', DATABASE_URL: '' }, resolve('/app/here')],
])('%j with %j is %s', (options, env, expected) => {
  const choice = choose(options as Record<string, string>, env as Record<string, string>);
  expect(choice.kind === 'url' ? choice.place : choice.folder).toBe(expected);
});

test.each([
  [{}, { DATABASE_URL: '' }, 'database/no-url', 'DATABASE_URL is empty'],
  [{}, { NODE_ENV: 'production' }, 'database/no-url', 'NODE_ENV is production'],
  [{ 'database-url': '' }, {}, 'database/no-url', '--database-url is empty'],
  [{ 'database-url': 'x' }, {}, 'database/bad-url', '--database-url does not begin'],
  [{ data: ' ' }, {}, 'cli/missing-value', '--data is empty'],
  [{ data: 'x', 'database-url': url }, {}, 'cli/two-databases', 'cannot be combined'],
])('%j with %j is refused: %s', (options, env, code, message) => {
  const run = () => choose(options as Record<string, string>, env as Record<string, string>);
  expect(run).toThrow(ProblemError);
  expect(run).toThrow(
    expect.objectContaining({
      problem: expect.objectContaining({ code, message: expect.stringContaining(message) }),
    }),
  );
});
