import { expect, test } from 'vitest';
import type { GardenConfig } from '../config.ts';
import { wantedTargets } from './wanted-targets.ts';

const both: GardenConfig = { zero: {}, supabase: {} };

test.each([
  ['no part', {}, { watch: false }, ['migrations']],
  ['both parts', both, { watch: false }, ['migrations', 'zero', 'supabase']],
  ['a target', both, { watch: false, target: 'zero' }, ['zero']],
  ['--watch without a part', {}, { watch: true }, ['zero']],
  ['--watch with both parts', both, { watch: true }, ['zero', 'supabase']],
  ['--watch with one part', { supabase: {} }, { watch: true }, ['supabase']],
  ['--watch of a target', both, { watch: true, target: 'supabase' }, ['supabase']],
] as const)('%s', (_, config, options, expected) => {
  expect([...wantedTargets({ target: undefined, ...options }, config)]).toEqual(expected);
});
