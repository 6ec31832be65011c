import { readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseSync } from 'oxc-parser';

/** An import of one file by another: of a file of the package, or of a package's specifier. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** Every import and re-export of a file, static or dynamic, including type imports. */
export function readImports(file: string, text = readFileSync(file, 'utf8')): readonly Import[] {
  const { module, errors, comments } = parseSync(file, text);
  if (errors.length > 0) throw new Error(`${file} does not parse`);
  const specifiers = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
    ...module.dynamicImports.flatMap(({ moduleRequest }) => {
      const written = text.slice(moduleRequest.start, moduleRequest.end);
      return /^(['"`]).*\1$/s.test(written) ? written.slice(1, -1) : [];
    }),
    // Types with `import('…')`, which are not imports of the module.
    ...[...text.matchAll(/\bimport\(\s*'([^']+)'\s*\)/g)]
      .filter(({ index }) => !comments.some(({ start, end }) => start < index && index < end))
      .flatMap(([, value]) => value ?? []),
  ];
  return [...new Set(specifiers)].map((specifier) => ({
    from: file,
    to: specifier.startsWith('.') ? inSource(join(dirname(file), specifier)) : specifier,
  }));
}

/** The first character distinguishes files outside src from packages. */
function inSource(path: string): string {
  const file = normalize(path);
  return file.startsWith('src/') ? file : `./${file}`;
}

/** The room of a file: `src/kit/id.ts` is in `kit`, `src/apps/garden/app.ts` in `apps/garden`. */
export function roomOf(file: string): string | undefined {
  const [src, first = '', second = ''] = file.split('/');
  if (src !== 'src') return undefined;
  return first === 'apps' || first === 'patterns' ? `${first}/${second}` : first;
}

/** The package of a specifier: `drizzle-orm` of `drizzle-orm/pg-core`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
