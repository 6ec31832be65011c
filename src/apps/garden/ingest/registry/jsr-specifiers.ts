import { isRecord } from '../json/read-json.ts';
import type { FetchedDependency } from './registry-adapter.ts';
import { cutTo, isStorableName, MAX_RANGE } from './storable-text.ts';

/** `jsr:@scope/name@range/path`, where range and path are optional. */
const JSR = /^jsr:\/?(@[^/@]+\/[^/@]+)(?:@([^/]*))?(?:\/.*)?$/;
const NPM = /^npm:\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(?:\/.*)?$/;

/**
 * The dependencies in the module graph of a version. JSR has no list of dependencies, only
 * imports of modules. A package of npm has the prefix in its name, as in `npm:react`,
 * because the bare name would refer to a package of JSR.
 *
 * @param known the dependencies of other versions by their JSON; versions share equal ones.
 * @param hold is called with the number read so far, and throws if there are too many.
 */
export function jsrDependencies(
  versionMeta: Readonly<Record<string, unknown>>,
  known: Map<string, FetchedDependency> = new Map(),
  hold: (count: number) => void = () => {},
): FetchedDependency[] {
  const graph = versionMeta['moduleGraph2'] ?? versionMeta['moduleGraph1'];
  const found = new Set<FetchedDependency>();
  for (const module of isRecord(graph) ? Object.values(graph) : []) {
    for (const specifier of isRecord(module) ? specifiersOf(module) : []) {
      const dependency = readSpecifier(specifier);
      if (dependency === undefined) continue;
      const key = JSON.stringify(dependency);
      const shared = known.get(key) ?? dependency;
      known.set(key, shared);
      found.add(shared);
      hold(found.size);
    }
  }
  return [...found];
}

/** The specifiers that JSR follows in a module: imports and type references. */
function* specifiersOf(module: Readonly<Record<string, unknown>>): Generator<string> {
  for (const one of listOf(module['dependencies'])) {
    yield specifierOf(one);
    yield textOf(one['typesSpecifier']);
    yield commentedTypes(one);
  }
  for (const one of listOf(module['tsReferences'])) yield textOf(one);
  yield textOf(module['selfTypesSpecifier']);
  yield textOf(module['jsxImportSource']);
  yield textOf(module['jsxImportSourceTypes']);
  for (const one of listOf(module['jsdocImports'])) yield textOf(one);
}

const listOf = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) ? value.filter(isRecord) : [];

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

const textOf = (value: unknown): string => (isRecord(value) ? asText(value['text']) : '');

/** A static import has a specifier, a dynamic import an argument. A computed one has neither. */
const specifierOf = ({ specifier, argument }: Readonly<Record<string, unknown>>): string =>
  asText(specifier ?? argument);

/**
 * The older graph, `moduleGraph1`, has the comments before an import. The last part may be a path
 * to types.
 */
function commentedTypes({ leadingComments }: Readonly<Record<string, unknown>>): string {
  const comment = textOf(listOf(leadingComments).at(-1));
  return /^\s*@deno-types\s*=\s*["']?([^"'\s]+)/i.exec(comment)?.[1] ?? '';
}

function readSpecifier(specifier: string): FetchedDependency | undefined {
  const jsr = JSR.exec(specifier);
  const npm = NPM.exec(specifier);
  const name = jsr?.[1] ?? (npm?.[1] === undefined ? remoteHost(specifier) : `npm:${npm[1]}`);
  if (name === undefined || !isStorableName(name)) return undefined;
  const range = jsr === null && npm === null ? specifier : ((jsr ?? npm)?.[2] ?? '');
  return {
    name,
    range: cutTo(decode(range).replaceAll('\0', '').toWellFormed(), MAX_RANGE),
    type: 'runtime',
  };
}

/** The host of a remote module, which serves as its package name. */
function remoteHost(specifier: string): string | undefined {
  return /^https?:/.test(specifier) ? URL.parse(specifier)?.host : undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
