import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as drizzle from 'drizzle-orm';
import * as pgCore from 'drizzle-orm/pg-core';
import * as kit from '../../src/kit/index.ts';
import { builtInRules } from '../../src/check/built-in-rules.ts';
import type { LintRule } from '../../src/check/lint-rule.ts';
import type { Schema } from '../../src/model/schema.ts';
import { loadModules } from '../../src/project/load-modules.ts';
import { newSeen } from '../../src/project/seen.ts';
import { readSchema } from '../../src/read/drizzle/read-schema.ts';

/** An example of a rule, loaded as a separate schema. */
export interface LoadedExample {
  readonly rule: LintRule;
  /** `bad`, `good`, or `alike 1`. */
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly schema: Schema;
}

/** An SQL example of a rule that only checks databases. */
export type SqlExample = Pick<LoadedExample, 'rule' | 'name'> & { readonly sql: string };

const root = join(import.meta.dirname, '../..');
const KIT = '@techgarden/schema/kit';
const DRIZZLE = [
  ['drizzle-orm/pg-core', pgCore],
  ['drizzle-orm', drizzle],
] as const;

const kitFile = join(root, 'src/kit/index.ts');

export const isSql = ({ inputs }: LintRule): boolean => !inputs.includes('definitions');

export const sqlExamples: readonly SqlExample[] = builtInRules
  .filter(isSql)
  .flatMap((rule) => textsOf(rule).map(([name, sql]) => ({ rule, name, sql })));

/** Loads the Drizzle examples of all rules, as a project is loaded. */
export async function loadExamples(): Promise<readonly LoadedExample[]> {
  const written = builtInRules
    .filter((rule) => !isSql(rule))
    .flatMap((rule) => textsOf(rule).map(([name, text]) => ({ rule, name, text })));
  const loaded = await load(written.map(({ rule, text }) => [rule.code, text]));
  return written.map(({ rule, name }, at) => ({ rule, name, ...(loaded[at] as Loaded) }));
}

/** Loads texts without their imports, each as a schema of its own. */
export const loadTexts = async (texts: readonly string[]): Promise<readonly Schema[]> =>
  (await load(texts.map((text) => ['pasted', text]))).map(({ schema }) => schema);

type Loaded = Pick<LoadedExample, 'exports' | 'schema'>;

async function load(texts: readonly (readonly [folder: string, text: string])[]) {
  const folder = mkdtempSync(join(tmpdir(), 'garden-rules-'));
  try {
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    const files = texts.map(([name, text], at) => {
      const file = join(folder, name, `${at}.ts`);
      mkdirSync(join(folder, name), { recursive: true });
      writeFileSync(file, withImports(text).replace(`'${KIT}'`, `'${kitFile}'`));
      return file;
    });
    const { modules } = await loadModules(files, 'schema', newSeen());
    return files.map((file, at): Loaded => {
      const exports = modules[at] ?? {};
      const { schema, findings } = readSchema({ files: [{ file, exports }] });
      if (findings.length > 0) throw new Error(`${texts[at]?.[0]}: ${findings[0]?.message}`);
      return { exports, schema };
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function textsOf({ example: { bad, good, alike = [] } }: LintRule): [string, string][] {
  return [
    ['bad', bad],
    ['good', good],
    ...alike.map((text, at): [string, string] => [`alike ${at + 1}`, text]),
  ];
}

/** An example with imports of the names that it uses, all from Drizzle. */
export function withImports(text: string): string {
  // What is called, and the rules of the kit that are not.
  const words = new Set(text.match(/(?<![.\w])\w+(?=[(<`])|\b(?:anyone|nobody)\b/g));
  const declared = new Set([...text.matchAll(/const (\w+)/g)].map(([, name]) => name));
  const taken = new Set<string>();
  // A schema with access rules is written with the kit.
  const packages = words.has('defineAccess')
    ? [[KIT, kit] as const, ...DRIZZLE]
    : [...DRIZZLE, [KIT, kit] as const];
  const lines = packages.map(([specifier, module]) => {
    const names = Object.keys(module).filter(
      (name) => words.has(name) && !declared.has(name) && !taken.has(name),
    );
    for (const name of names) taken.add(name);
    return names.length === 0 ? '' : `import { ${names.join(', ')} } from '${specifier}';\n`;
  });
  return `${lines.join('')}\n${text}\n`;
}
