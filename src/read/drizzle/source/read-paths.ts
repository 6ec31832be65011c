import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Expression } from 'oxc-parser';
import { parseTypescript } from './parse-typescript.ts';

/** The `paths` of a tsconfig. */
export interface PathAliases {
  /** The possible paths of a module, most likely first; none if no pattern matches. */
  candidates(specifier: string): readonly string[];
}

/** The aliases of the nearest tsconfig.json at or above a folder, cached by folder. */
export function readPaths(
  folder: string,
  known: Map<string, PathAliases | undefined>,
): PathAliases | undefined {
  if (!known.has(folder)) {
    const above = dirname(folder);
    const here = readConfig(join(folder, 'tsconfig.json'), 0);
    known.set(folder, here ? here.aliases : above === folder ? undefined : readPaths(above, known));
  }
  return known.get(folder);
}

/** A longer chain of `extends` is assumed to be circular. */
const MAX_DEPTH = 8;

function readConfig(
  file: string,
  depth: number,
): { readonly aliases: PathAliases | undefined } | undefined {
  const config = readLooseJson(file);
  if (config === undefined || depth > MAX_DEPTH) return undefined;
  const { compilerOptions, extends: bases } = (config ?? {}) as {
    readonly compilerOptions?: { readonly paths?: object; readonly baseUrl?: unknown };
    readonly extends?: string | readonly string[];
  };
  const { paths, baseUrl } = compilerOptions ?? {};
  const base = typeof baseUrl === 'string' ? baseUrl : undefined;
  if (paths || base !== undefined) {
    const root = resolve(dirname(file), base ?? '.');
    return { aliases: pathAliases(paths ?? {}, root, base !== undefined) };
  }
  const inherited = [bases ?? []]
    .flat()
    .filter((base) => typeof base === 'string' && base.startsWith('.'))
    .map((base) => resolve(dirname(file), base))
    .map((base) => readConfig(base.endsWith('.json') ? base : `${base}.json`, depth + 1)?.aliases)
    .findLast(Boolean);
  return { aliases: inherited };
}

function pathAliases(paths: object, root: string, isBase: boolean): PathAliases {
  const patterns = Object.entries(paths).flatMap(([pattern, targets]) => {
    if (!Array.isArray(targets)) return [];
    const [before = '', after] = pattern.split('*');
    return [{ before, after, targets: targets.filter((target) => typeof target === 'string') }];
  });
  // TypeScript prefers an exact name, then the longest text before the star.
  patterns.sort(
    (a, b) =>
      Number(a.after !== undefined) - Number(b.after !== undefined) ||
      b.before.length - a.before.length,
  );
  return {
    candidates(specifier) {
      const fitting = patterns.find(({ before, after }) =>
        after === undefined
          ? specifier === before
          : specifier.length >= before.length + after.length &&
            specifier.startsWith(before) &&
            specifier.endsWith(after),
      );
      const base = isBase ? [resolve(root, specifier)] : [];
      if (!fitting) return base;
      const { before, after = '', targets } = fitting;
      const middle = specifier.slice(before.length, specifier.length - after.length);
      const aliased = targets.map((target) => target.replace('*', () => middle));
      return [...aliased.map((target) => resolve(root, target)), ...base];
    },
  };
}

/**
 * A tsconfig is JSON with comments and trailing commas, so it is parsed as a JavaScript
 * expression.
 */
function readLooseJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  const { program } = parseTypescript('config.js', `(${text}\n)`, { preserveParens: false });
  const [statement] = program.body;
  return statement?.type === 'ExpressionStatement' ? literal(statement.expression) : {};
}

function literal(node: Expression): unknown {
  if (node.type === 'Literal') return node.value;
  if (node.type === 'ArrayExpression') {
    return node.elements.map((element) => element && literal(element as Expression));
  }
  if (node.type !== 'ObjectExpression') return undefined;
  return Object.fromEntries(
    node.properties.flatMap((property) =>
      property.type === 'Property' && property.key.type === 'Literal'
        ? [[String(property.key.value), literal(property.value)]]
        : [],
    ),
  );
}
