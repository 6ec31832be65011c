import { expect, test } from 'vitest';
import { answersInTime } from './answers-in-time.ts';
import { connectionFailure } from './connection-failure.ts';

const failing = (code: string) => ({
  unsafe: (() => Promise.reject(Object.assign(new Error(code), { code }))) as never,
});

test.each(['CONNECTION_CLOSED', 'ECONNRESET'])(
  'who closes before the first answer (%s) was never there, and is not lost',
  async (code) => {
    const error = await answersInTime(failing(code), 1000).catch((thrown: unknown) => thrown);
    expect(connectionFailure(error, 'here')).toMatchObject({
      problem: {
        code: 'database/unreachable',
        message: 'the server closed the connection before it answered as a Postgres server.',
      },
    });
  },
);

test('what else is said is passed on, and silence has an end', async () => {
  await expect(answersInTime(failing('28P01'), 1000)).rejects.toMatchObject({ code: '28P01' });
  const silent = { unsafe: (() => new Promise(() => {})) as never };
  await expect(answersInTime(silent, 1)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
  const stop = new AbortController();
  const waits = answersInTime(silent, 1000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(waits).rejects.toMatchObject({ name: 'AbortError' });
  let asked = false;
  const unasked = { unsafe: (() => (asked = true)) as never };
  await expect(answersInTime(unasked, 1000, stop.signal)).rejects.toThrow('enough');
  expect(asked, 'who has given up asks nobody').toBe(false);
});
