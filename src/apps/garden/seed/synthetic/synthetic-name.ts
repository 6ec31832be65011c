import type { Registry } from '../../tables/registry.ts';
import { words } from './vocabulary.ts';

/**
 * Registry of the nth package. Eleven of each sixteen packages belong to npm. It depends only on
 * the position in the block, so a neighbour of the same registry is found without a search.
 */
export const registryOf = (at: number): Registry => registrySlots[at % BLOCK] as Registry;

/** Size of a block of packages. All blocks have the same mixture of registries. */
export const BLOCK = 16;

const registrySlots: readonly Registry[] = [
  'npm',
  'npm',
  'npm',
  'jsr',
  'npm',
  'npm',
  'apt',
  'npm',
  'npm',
  'brew',
  'npm',
  'npm',
  'jsr',
  'npm',
  'apt',
  'npm',
];

/** Positions of each registry within a block. */
export const slotsOf: Readonly<Record<Registry, readonly number[]>> = {
  npm: slots('npm'),
  jsr: slots('jsr'),
  brew: slots('brew'),
  apt: slots('apt'),
};

function slots(registry: Registry): readonly number[] {
  return registrySlots.flatMap((slot, at) => (slot === registry ? [at] : []));
}

/**
 * Unique name of the nth package: two words for the first 65,536, three for the next 16.7 million.
 */
export function nameOf(at: number): string {
  const registry = registryOf(at);
  if (at < 0x1_0000) {
    const mixed = mix16(at);
    return join(registry, word(mixed >>> 8), word(mixed));
  }
  const mixed = mix24(at);
  return join(registry, word(mixed >>> 16), `${word(mixed >>> 8)}-${word(mixed)}`);
}

const join = (registry: Registry, first: string, rest: string): string =>
  registry === 'jsr' ? `@${first}/${rest}` : `${first}-${rest}`;

const word = (bits: number): string => words[bits & 0xff] as string;

// An odd factor and a shifted XOR are both bijective, so the names are unique.
const mix16 = (at: number): number => {
  const product = Math.imul(at, 0x9e3d) & 0xffff;
  return Math.imul(product ^ (product >>> 7), 0x6487) & 0xffff;
};

const mix24 = (at: number): number => {
  const product = Math.imul(at, 0x9e3d79) & 0xffffff;
  return Math.imul(product ^ (product >>> 11), 0x64872b) & 0xffffff;
};
