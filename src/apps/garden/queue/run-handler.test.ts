import { DrizzleQueryError } from 'drizzle-orm/errors';
import { expect, test } from 'vitest';
import type { ClaimedRequest } from './claim.ts';
import { runHandler } from './run-handler.ts';

const { signal } = new AbortController();
const failureOf = async (thrown: unknown): Promise<unknown> => {
  const request = { lease: {} } as ClaimedRequest;
  const held = {
    request,
    abort: new AbortController(),
    state: { is: 'running' },
    surelyUntil: 0,
  } as const;
  return runHandler(held, async () => Promise.reject(thrown), signal);
};

test('an error of a handler is stored with its original message', async () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  for (const [thrown, message] of [
    [new Error('too late'), 'too late'],
    [new TypeError(''), 'TypeError'],
    ['a text', 'a text'],
    [
      new DrizzleQueryError('select secret', ['x'], new Error('the disk is full')),
      'the disk is full',
    ],
    [new DrizzleQueryError('select secret', ['x'], refused), 'ECONNREFUSED'],
  ] as const) {
    expect(await failureOf(thrown)).toEqual({ is: 'failed', failure: { message, cause: thrown } });
  }
});
