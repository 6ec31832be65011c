import { expect, test } from 'vitest';
import { compareFrontDoor, FRONT_DOOR } from './front-door/compare-front-door.ts';

const seed = Number(process.env['ACCESS_SEED'] ?? Math.floor(Date.now() / 86_400_000));

test(`generated migrations and rules agree with the oracle (ACCESS_SEED=${seed})`, async () => {
  const covered = new Set<string>();
  expect(await compareFrontDoor(seed, 5, (item) => void covered.add(item))).toEqual([]);
  expect(FRONT_DOOR.filter((item) => !covered.has(item))).toEqual([]);
}, 300_000);
