import { setTimeout as sleep } from 'node:timers/promises';

/** Polls the database until there are rows, because the page shows optimistic results first. */
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
