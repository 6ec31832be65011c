import npa from 'npm-package-arg';
import type { DependencyType } from '../../tables/package-dependencies.ts';
import { isRecord } from '../json/read-json.ts';
import type { FetchedDependency } from './registry-adapter.ts';
import { cutTo, isStorableName, MAX_RANGE } from './storable-text.ts';

/** Dependency types by npm field. Later fields override earlier ones, as in npm. */
const FIELDS: readonly (readonly [field: string, type: DependencyType])[] = [
  ['devDependencies', 'dev'],
  ['dependencies', 'runtime'],
  ['optionalDependencies', 'optional'],
  ['peerDependencies', 'peer'],
];

/**
 * The dependencies of a manifest. An optional dependency overrides a runtime one of
 * the same name, as in npm (which writes it into both fields). A peer marked optional in
 * `peerDependenciesMeta` is optional. An alias is stored under the name of its target.
 *
 * @param known the dependencies of other versions; thousands of versions share the same few.
 * @param hold is called with the number read so far, and throws if there are too many.
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

/** `undefined` if the name cannot be stored. A range that is not text is stored as JSON. */
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

/** The target of an alias `npm:name@range`. */
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
