import { setTimeout as sleep } from 'node:timers/promises';

/** Retries an operation that may fail because another process does the same concurrently. */
export async function attempt<Result>(
  times: number,
  run: () => Promise<Result>,
  again: (error: unknown) => boolean = () => true,
): Promise<Result> {
  for (let left = times; ; left -= 1) {
    try {
      return await run();
    } catch (error) {
      if (left <= 1 || !again(error)) throw error;
      await sleep(300);
    }
  }
}
