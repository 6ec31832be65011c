import npa from 'npm-package-arg';
import type { DependencyType } from '../../tables/package-dependencies.ts';
import { isRecord } from '../json/read-json.ts';
import type { FetchedDependency } from './registry-adapter.ts';
import { cutTo, isStorableName, MAX_RANGE } from './storable-text.ts';

/** What npm's fields mean to the garden, in the order in which npm lets one overrule another. */
const FIELDS: readonly (readonly [field: string, type: DependencyType])[] = [
  ['devDependencies', 'dev'],
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
];

/**
 * The dependencies of a manifest. An optional dependency overrules a runtime one of
 * the same name, as in npm (which writes it into both fields); a peer that may be
 * missing is optional. An alias goes by the name of what it stands for.
 *
 * @param known what other versions have: thousands of versions repeat the same few
 * dependencies, and share them.
 * @param hold is told how many have been read so far, and throws where that is too much.
 */
export function npmDependencies(
  manifest: Readonly<Record<string, unknown>>,
  known: Map<string, FetchedDependency> = new Map(),
  hold: (count: number) => void = () => {},
): FetchedDependency[] {
  const found: FetchedDependency[] = [];
  const optional = memberOf(manifest, 'optionalDependencies');
  const meta = memberOf(manifest, 'peerDependenciesMeta');
  for (const [field, type] of FIELDS) {
    for (const [name, range] of Object.entries(memberOf(manifest, field))) {
      if (field === 'dependencies' && Object.hasOwn(optional, name)) continue;
      const mayBeMissing = type === 'peer' && Object.hasOwn(meta, name) && isOptional(meta[name]);
      const dependency = readDependency(name, range, mayBeMissing ? 'optional' : type);
      if (dependency === undefined) continue;
      const key = `${dependency.type} ${dependency.name} ${dependency.range}`;
      const shared = known.get(key);
      if (shared === undefined) known.set(key, dependency);
      hold(found.push(shared ?? dependency));
    }
  }
  return found;
}

const isOptional = (meta: unknown): boolean => isRecord(meta) && meta['optional'] === true;

const memberOf = (
  manifest: Readonly<Record<string, unknown>>,
  field: string,
): Readonly<Record<string, unknown>> => {
  const member = manifest[field];
  return isRecord(member) ? member : {};
};

/** Nothing where there is no name to store; a range that is no text is written as JSON. */
function readDependency(
  local: string,
  range: unknown,
  type: DependencyType,
): FetchedDependency | undefined {
  const written = typeof range === 'string' ? range : (JSON.stringify(range) ?? '');
  const text = cutTo(written.replaceAll('\0', '').toWellFormed(), MAX_RANGE);
  const name = aliasTarget(local, text) ?? local;
  return isStorableName(name) ? { name, range: text, type } : undefined;
}

/** The package that `npm:name@range` stands for. */
function aliasTarget(local: string, range: string): string | undefined {
  if (!/^npm:/i.test(range.trim())) return undefined;
  try {
    const spec = npa.resolve(local, range.trim());
    return spec.type === 'alias'
      ? ((spec as npa.AliasResult).subSpec.name ?? undefined)
      : undefined;
  } catch {
    return undefined;
  }
}
