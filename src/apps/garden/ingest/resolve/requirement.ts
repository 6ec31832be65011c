import npa from 'npm-package-arg';
import semver from 'semver';
import type { Resolution } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';
import { readAlternatives } from '../registry/apt-relations.ts';
import { MAX_RANGE } from '../registry/storable-text.ts';
import { targetOf } from './target.ts';

/** A parsed dependency range. */
export type Requirement =
  /** Exactly this version. */
  | { readonly kind: 'version'; readonly version: string; readonly alias: boolean }
  | {
      readonly kind: 'range';
      readonly range: semver.Range;
      readonly any: boolean;
      readonly alias: boolean;
    }
  /** A tag of the registry. */
  | { readonly kind: 'tag'; readonly tag: string; readonly alias: boolean }
  /** A relation of apt. The dependency's name selects the alternative. */
  | { readonly kind: 'relation'; readonly relation: string }
  /** The only version of the package. */
  | { readonly kind: 'current' }
  /** A package that is not in a registry. */
  | { readonly kind: 'elsewhere'; readonly resolution: Resolution }
  | { readonly kind: 'nonsense' };

const REMEMBERED = 20_000;
/** Longer ones are rare and take up to 100 kB each when parsed. */
const LONGEST_REMEMBERED = 100;
const remembered = new Map<string, Requirement>();

const nonsense: Requirement = { kind: 'nonsense' };

/**
 * Parses a range like its registry does. Results are cached, because the same few thousand ranges
 * repeat.
 */
export function readRequirement(registry: Registry, name: string, range: string): Requirement {
  if (registry === 'brew') return { kind: 'current' };
  if (registry === 'apt') return { kind: 'relation', relation: range };
  // The range was cut when it was stored. The missing part could change its meaning.
  if (range.length >= MAX_RANGE) return nonsense;
  const rules = targetOf(registry, name).registry;
  const key = `${rules} ${range}`;
  const known = remembered.get(key);
  if (known !== undefined) return known;
  const requirement = rules === 'npm' ? readNpm(range) : readJsr(range);
  if (range.length > LONGEST_REMEMBERED) return requirement;
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(key, requirement);
  return requirement;
}

function readNpm(range: string): Requirement {
  let spec: npa.Result;
  try {
    // The name does not affect the meaning of a range.
    spec = npa.resolve('name', range.trim());
  } catch {
    // `workspace:*`, `catalog:`, `jsr:…` and invalid ranges.
    return nonsense;
  }
  const alias = spec.type === 'alias';
  const meant = spec.type === 'alias' ? (spec as npa.AliasResult).subSpec : spec;
  const wanted = meant.fetchSpec ?? '';
  switch (meant.type) {
    case 'version': {
      const version = semver.clean(wanted, { loose: true });
      return version === null ? nonsense : { kind: 'version', version, alias };
    }
    case 'range':
      return readRange(wanted, alias);
    case 'tag':
      return { kind: 'tag', tag: wanted, alias };
    case 'git':
      return { kind: 'elsewhere', resolution: 'git' };
    case 'remote':
      return { kind: 'elsewhere', resolution: 'url' };
    case 'file':
    case 'directory':
      return { kind: 'elsewhere', resolution: 'file' };
    default:
      return nonsense;
  }
}

function readJsr(range: string): Requirement {
  const text = range.trim();
  if (/^https?:/.test(text)) return { kind: 'elsewhere', resolution: 'url' };
  const version = semver.valid(text);
  if (version !== null) return { kind: 'version', version, alias: false };
  const read = readRange(text, false);
  return read.kind === 'nonsense' && /^[a-z][\w.-]*$/i.test(text)
    ? { kind: 'tag', tag: text, alias: false }
    : read;
}

function readRange(text: string, alias: boolean): Requirement {
  try {
    const range = new semver.Range(text, { loose: true });
    return { kind: 'range', range, any: text === '*' || text === '', alias };
  } catch {
    return nonsense;
  }
}

/** Whether a range refers to a registry, so that fetching the package may help. */
export function asksRegistry(registry: Registry, name: string, range: string): boolean {
  const { kind } = readRequirement(registry, name, range);
  return kind === 'relation'
    ? readAlternatives(range).length > 0
    : kind !== 'elsewhere' && kind !== 'nonsense';
}
