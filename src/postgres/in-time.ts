import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for an answer until the time is over or the signal says so, and throws then. */
export async function inTime<Answer>(
  answer: PromiseLike<Answer>,
  milliseconds: number,
  late: () => Error,
  signal?: AbortSignal,
): Promise<Answer> {
  const timer = new AbortController();
  const giveUp = sleep(milliseconds, undefined, {
    signal: signal === undefined ? timer.signal : AbortSignal.any([timer.signal, signal]),
  }).then(() => {
    throw late();
  });
  try {
    return await Promise.race([answer, giveUp]);
  } finally {
    timer.abort();
    giveUp.catch(() => {});
  }
}
