import { expect, test } from 'vitest';
import { answersInTime } from './answers-in-time.ts';
import { connectionFailure } from './connection-failure.ts';

const failing = (code: string) => ({
  unsafe: (() => Promise.reject(Object.assign(new Error(code), { code }))) as never,
});

test.each(['CONNECTION_CLOSED', 'ECONNRESET'])(
  'a server that closes before its first answer (%s) is unreachable, not lost',
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

test('other errors are passed on, and silence times out', async () => {
  await expect(answersInTime(failing('28P01'), 1000)).rejects.toMatchObject({ code: '28P01' });
  const silent = { unsafe: (() => new Promise(() => {})) as never };
  await expect(answersInTime(silent, 1)).rejects.toMatchObject({ code: 'CONNECT_TIMEOUT' });
  const stop = new AbortController();
  const waits = answersInTime(silent, 1000, stop.signal);
  stop.abort(new Error('enough'));
  await expect(waits).rejects.toMatchObject({ name: 'AbortError' });
  let queried = false;
  const unused = { unsafe: (() => (queried = true)) as never };
  await expect(answersInTime(unused, 1000, stop.signal)).rejects.toThrow('enough');
  expect(queried, 'no query after an abort').toBe(false);
});
