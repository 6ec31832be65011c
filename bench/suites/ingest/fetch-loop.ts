import type { Reference } from '../../frame/reference.ts';
import { summarise } from '../../frame/summarise.ts';

/** Number of concurrent requests, the same as in the measured worker. */
const AT_ONCE = 6;

/**
 * Packages per second of a loop that fetches the same documents as a worker, without processing
 * them.
 */
export async function fetchLoop(base: URL, names: readonly string[]): Promise<number> {
  const left = [...names];
  const start = performance.now();
  const work = async (): Promise<void> => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      for (const path of [name, `${name}/latest`]) {
        await (await fetch(new URL(path, base))).text();
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return names.length / ((performance.now() - start) / 1000);
}

export const fetchReference = (rates: readonly number[]): Reference => ({
  name: 'fetch loop',
  value: summarise(rates).median,
  unit: 'packages/s',
});
