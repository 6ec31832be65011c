import { setTimeout as sleep } from 'node:timers/promises';

/** What the page shows first, the database has a moment later: asks until there are rows. */
export async function poll<Row>(
  read: () => PromiseLike<readonly Row[]>,
): Promise<readonly [Row, ...Row[]]> {
  for (let turn = 0; turn < 200; turn += 1) {
    const [first, ...rest] = await read();
    if (first !== undefined) return [first, ...rest];
    await sleep(100);
  }
  throw new Error('the database did not get it within 20 s');
}
