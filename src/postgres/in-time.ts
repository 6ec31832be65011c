/**
 * Waits for an answer. Throws after the time limit or when the signal aborts. Plain timers,
 * because the queue calls it for each request: `timers/promises` costs as much as a query.
 */
export async function inTime<Answer>(
  answer: PromiseLike<Answer>,
  milliseconds: number,
  late: () => Error,
  signal?: AbortSignal,
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const stop = (): void =>
    reject(Object.assign(new Error('stopped', { cause: signal?.reason }), { name: 'AbortError' }));
  const timer = setTimeout(() => reject(late()), milliseconds);
  signal?.addEventListener('abort', stop);
  if (signal?.aborted === true) stop();
  answer.then(resolve, reject);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
