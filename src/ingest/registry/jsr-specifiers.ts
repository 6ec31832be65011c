import { isRecord } from '../json/read-json.ts';
import type { FetchedDependency } from './registry-adapter.ts';
import { cutTo, isStorableName, MAX_RANGE } from './storable-text.ts';

/** `jsr:@scope/name@range/path`, where range and path may be missing. */
const JSR = /^jsr:\/?(@[^/@]+\/[^/@]+)(?:@([^/]*))?(?:\/.*)?$/;
const NPM = /^npm:\/?((?:@[^/@]+\/)?[^/@]+)(?:@([^/]*))?(?:\/.*)?$/;

/**
 * The packages that a version's module graph leads to. JSR has no list of
 * dependencies: they are what the modules import. A package of npm keeps its prefix
 * as its name, `npm:react`, as the name alone would be one of JSR.
 */
export function jsrDependencies(
  versionMeta: Readonly<Record<string, unknown>>,
): FetchedDependency[] {
  const graph = versionMeta['moduleGraph2'] ?? versionMeta['moduleGraph1'];
  const found = new Map<string, FetchedDependency>();
  for (const module of isRecord(graph) ? Object.values(graph) : []) {
    const imports = isRecord(module) ? module['dependencies'] : undefined;
    for (const one of Array.isArray(imports) ? (imports as readonly unknown[]) : []) {
      const dependency = isRecord(one) ? readSpecifier(specifierOf(one)) : undefined;
      if (dependency !== undefined) found.set(JSON.stringify(dependency), dependency);
    }
  }
  return [...found.values()];
}

/** A dynamic import has its argument where a static one has the specifier. */
function specifierOf(one: Readonly<Record<string, unknown>>): string {
  const { specifier, argument } = one;
  const text = specifier ?? (isRecord(argument) ? argument['value'] : argument);
  return typeof text === 'string' ? text : '';
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

/** A module of the web is no package; its host stands for a name. */
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
