import npa from 'npm-package-arg';
import semver from 'semver';
import type { Resolution } from '../../tables/package-dependencies.ts';
import type { Registry } from '../../tables/registry.ts';
import { readAlternatives } from '../registry/apt-relations.ts';
import { MAX_RANGE } from '../registry/storable-text.ts';
import { targetOf } from './target.ts';

/** What a specification asks for, once it is read. */
export type Requirement =
  /** This version and no other. */
  | { readonly kind: 'version'; readonly version: string; readonly alias: boolean }
  | {
      readonly kind: 'range';
      readonly range: semver.Range;
      readonly any: boolean;
      readonly alias: boolean;
    }
  /** A version that the registry has a name for. */
  | { readonly kind: 'tag'; readonly tag: string; readonly alias: boolean }
  /** apt's relation; which of its alternatives is meant says the dependency's name. */
  | { readonly kind: 'relation'; readonly relation: string }
  /** The one version that there is. */
  | { readonly kind: 'current' }
  /** Not of a registry. */
  | { readonly kind: 'elsewhere'; readonly resolution: Resolution }
  | { readonly kind: 'nonsense' };

const REMEMBERED = 20_000;
/** Longer ones are rare, and take up to 100 kB each once they are read. */
const LONGEST_REMEMBERED = 100;
const remembered = new Map<string, Requirement>();

const nonsense: Requirement = { kind: 'nonsense' };

/** Reads a specification as its registry would. Reading is pure, and the same few thousand come again and again. */
export function readRequirement(registry: Registry, name: string, range: string): Requirement {
  if (registry === 'brew') return { kind: 'current' };
  if (registry === 'apt') return { kind: 'relation', relation: range };
  // It was cut when it was stored: the rest could have asked for something else.
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
    // The name has no part in what a specification means.
    spec = npa.resolve('name', range.trim());
  } catch {
    // `workspace:*`, `catalog:`, `jsr:…`, and what nobody can read.
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

/** Whether a specification asks a registry for something, so that fetching the package may help. */
export function asksRegistry(registry: Registry, name: string, range: string): boolean {
  const { kind } = readRequirement(registry, name, range);
  return kind === 'relation'
    ? readAlternatives(range).length > 0
    : kind !== 'elsewhere' && kind !== 'nonsense';
}
