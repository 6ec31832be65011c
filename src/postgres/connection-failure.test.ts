import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import { connectionFailure } from './connection-failure.ts';

const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

test.each([
  ['the driver', refused],
  ['Drizzle around it', new DrizzleQueryError('select 1', [], refused)],
  ['something around both', new Error('no', { cause: new DrizzleQueryError('', [], refused) })],
])('an error of %s becomes a problem', (_, error) => {
  expect(connectionFailure(error, 'here')).toMatchObject({
    problem: { code: 'database/unreachable', context: ['here'] },
    cause: error,
  });
});

test('a bug and a problem are returned unchanged, whatever their cause', () => {
  const problem = new ProblemError({ code: 'a/b', message: 'c', fix: 'd' }, { cause: refused });
  const circle: Error = new Error('round');
  circle.cause = circle;
  for (const error of [new TypeError('ours'), problem, circle, 'text', undefined]) {
    expect(connectionFailure(error, 'here')).toBe(error);
  }
});
