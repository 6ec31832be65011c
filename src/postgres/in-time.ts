import { setTimeout as sleep } from 'node:timers/promises';

/** Waits for an answer. Throws after the time limit or when the signal aborts. */
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
