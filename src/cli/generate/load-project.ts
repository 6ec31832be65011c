import { is } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { existsSync, globSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ProblemError } from '../../problem.ts';
import type { SchemaFile } from '../../read/exported-values.ts';
import { loadModule } from './load-module.ts';
import { refuseCasing, type Casing } from './refuse-casing.ts';

/** A drizzle-kit project: what its config says, and what its schema exports. */
export interface Project {
  readonly folder: string;
  readonly configFile: string;
  readonly settings: Settings;
  /** The migrations folder. */
  readonly out: string;
  readonly schemaFiles: readonly string[];
  /** What each file exports, as drizzle-kit sees it. */
  readonly files: readonly SchemaFile[];
  /** The same in one. */
  readonly exports: Record<string, unknown>;
}

/** What `drizzle-kit generate` takes from a config. */
interface Settings {
  readonly dialect?: string;
  readonly schema?: string | readonly string[];
  readonly out?: string;
  readonly casing?: Casing;
  readonly breakpoints?: boolean;
  readonly migrations?: object;
}

const CONFIG_NAMES = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'];

/** Loads the config and the schema that it names. */
export async function loadProject(cwd: string, config: string | undefined): Promise<Project> {
  const configFile = findConfig(cwd, config);
  const folder = dirname(configFile);
  const settings = await loadModule(configFile, (module) => (module['default'] ?? {}) as Settings);
  const schemaFiles = findSchema(folder, configFile, settings);
  const files: SchemaFile[] = [];
  const exports: Record<string, unknown> = {};
  // One after the other: of several mistakes it is always the same one that is told.
  for (const file of schemaFiles) {
    // oxlint-disable-next-line no-await-in-loop
    const module = await loadModule(file, withConstraints);
    files.push({ file, exports: module });
    collect(file, module, exports);
  }
  refuseCasing(settings.casing, exports, configFile);
  const out = resolve(folder, settings.out ?? 'drizzle');
  return { folder, configFile, settings, out, schemaFiles, files, exports };
}

function findSchema(
  folder: string,
  configFile: string,
  { schema, dialect = 'postgresql' }: Settings,
): readonly string[] {
  if (schema === undefined) {
    throw new ProblemError({
      code: 'generate/no-schema',
      message: 'the config names no schema.',
      at: [configFile],
      fix: "add schema: './src/schema.ts', a list of files, a folder, or a glob.",
    });
  }
  if (dialect !== 'postgresql') {
    throw new ProblemError({
      code: 'generate/dialect',
      message: `the config is for ${JSON.stringify(dialect)}; this package writes Postgres only.`,
      at: [configFile],
      fix: "set dialect: 'postgresql', or name another config with --config.",
    });
  }
  const files = new Set([schema].flat().flatMap((pattern) => expand(folder, pattern)));
  if (files.size > 0) return [...files];
  throw new ProblemError({
    code: 'generate/schema-not-found',
    message: `no file matches the schema ${JSON.stringify(schema)}.`,
    at: [configFile],
    fix: 'correct the path; it counts from the folder of the config.',
  });
}

function findConfig(cwd: string, config: string | undefined): string {
  const candidates = (config === undefined ? CONFIG_NAMES : [config]).map((name) =>
    resolve(cwd, name),
  );
  const found = candidates.find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new ProblemError({
    code: 'generate/no-config',
    message:
      config === undefined ? 'there is no drizzle.config.ts here.' : `there is no ${config}.`,
    at: [cwd],
    fix: 'run it in the folder of your drizzle.config.ts, or name the file with --config.',
  });
}

/** drizzle-kit takes a file, a folder, or a glob; of a folder, the files right in it. */
function expand(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .map((name) => resolve(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
    .sort();
}

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => /\.[mc]?[jt]s$/.test(name) && !/\.d\.[mc]?ts$/.test(name))
    .map((name) => join(folder, name));

/** A table's third argument runs when it is asked for: what it throws is told with its file. */
function withConstraints(module: Record<string, unknown>): Record<string, unknown> {
  for (const value of Object.values(module)) if (is(value, PgTable)) getTableConfig(value);
  return module;
}

/** Two files may export different things by one name, as drizzle-kit sees each file by itself. */
function collect(
  file: string,
  module: Record<string, unknown>,
  exports: Record<string, unknown>,
): void {
  for (const [name, value] of Object.entries(module)) {
    const taken = name in exports && exports[name] !== value;
    exports[taken ? `${name} of ${file}` : name] = value;
  }
}
