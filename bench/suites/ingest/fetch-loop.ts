import type { Reference } from '../../frame/reference.ts';
import { summarise } from '../../frame/summarise.ts';

/** As many as the measured worker has. */
const AT_ONCE = 6;

/** Packages a second of a loop that fetches what a worker fetches of each, and does nothing with it. */
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
