import { expect, test } from 'vitest';
import { compareFrontDoor } from './front-door/compare-front-door.ts';

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));

test(`generated migrations and rules agree with the oracle (ACCESS_SEED=${seed})`, async () => {
  expect(await compareFrontDoor(seed, 5)).toEqual([]);
}, 300_000);
