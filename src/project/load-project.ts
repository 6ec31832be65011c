import { dirname, resolve } from 'node:path';
import { inStage } from '../report/in-stage.ts';
import { ProblemError } from '../report/problem.ts';
import type { SchemaFile } from '../read/drizzle/exported-values.ts';
import { evaluateConstraints, type BrokenTable } from './broken-tables.ts';
import type { DrizzleConfig } from './drizzle-config.ts';
import { findSetting } from './find-setting.ts';
import { loadDrizzleConfig } from './load-drizzle-config.ts';
import { loadModules } from './load-modules.ts';
import { expand, foldersOfPattern } from './expand-pattern.ts';
import type { Seen } from './seen.ts';

/** A drizzle-kit project: the settings of its config, and the exports of its schema. */
export interface Project {
  readonly folder: string;
  readonly configFile: string;
  readonly settings: DrizzleConfig;
  /** The migrations folder. */
  readonly out: string;
  readonly schemaFiles: readonly string[];
  readonly files: readonly SchemaFile[];
  /** Tables whose third argument is invalid, so their constraints are unknown. */
  readonly broken: readonly BrokenTable[];
  /** The schema's files and all their imports, except packages. */
  readonly inputs: readonly string[];
  /** The exports of all files together. */
  readonly exports: Record<string, unknown>;
}

/** Loads the config and its schema. */
export async function loadProject(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<Project> {
  const { configFile, folder, settings, schemaFiles, base } = await inStage('config', () =>
    loadConfig(cwd, config, seen),
  );
  const { modules, inputs } = await inStage('load', () => loadModules(schemaFiles, 'schema', seen));
  const exports: Record<string, unknown> = {};
  const files = schemaFiles.map((file, index) => ({ file, exports: modules[index] ?? {} }));
  const broken = evaluateConstraints(files);
  const collected = new Set<unknown>();
  for (const { file, exports: own } of files) collect(file, own, exports, collected);
  const out = resolve(base, settings.out ?? 'drizzle');
  return { folder, configFile, settings, out, schemaFiles, files, broken, inputs, exports };
}

type LoadedConfig = Pick<Project, 'configFile' | 'folder' | 'settings' | 'schemaFiles'> & {
  readonly base: string;
};

/** The config, and the files of its `schema`. */
async function loadConfig(
  cwd: string,
  config: string | undefined,
  seen: Seen,
): Promise<LoadedConfig> {
  const { configFile, settings } = await loadDrizzleConfig(cwd, config, seen);
  const folder = dirname(configFile);
  return { configFile, folder, settings, ...findSchema([cwd, folder], configFile, settings, seen) };
}

/** Paths are relative to the working directory, as in drizzle-kit, or else to the config. */
function findSchema(
  bases: readonly string[],
  configFile: string,
  { schema, dialect = 'postgresql' }: DrizzleConfig,
  seen: Seen,
): { readonly schemaFiles: readonly string[]; readonly base: string } {
  if (schema === undefined) {
    throw new ProblemError({
      code: 'generate/no-schema',
      message: 'the config sets no schema.',
      places: [{ file: configFile }],
      fix: "add schema: './src/schema.ts', a list of files, a folder, or a glob.",
    });
  }
  if (dialect !== 'postgresql') {
    throw new ProblemError({
      code: 'generate/dialect',
      message: `the config is for ${JSON.stringify(dialect)}; this package only supports Postgres.`,
      places: [findSetting(configFile, ['dialect'])],
      fix: "set dialect: 'postgresql', or pass another config with --config.",
    });
  }
  const patterns = [schema].flat();
  for (const base of bases) {
    const lookup = (): readonly string[] => patterns.flatMap((pattern) => expand(base, pattern));
    const found = lookup();
    seen.lookups.push({
      found,
      files: lookup,
      folders: () => patterns.flatMap((pattern) => foldersOfPattern(base, pattern)),
    });
    if (found.length > 0) return { schemaFiles: [...new Set(found)], base };
  }
  throw new ProblemError({
    code: 'generate/schema-not-found',
    message: `no file matches the schema ${JSON.stringify(schema)}.`,
    places: [findSetting(configFile, ['schema'])],
    fix: 'correct the path; it is relative to the working directory, or to the folder of the config.',
  });
}

/**
 * Two files may export different values under one name, because drizzle-kit treats each
 * file separately. A value that is exported under several names counts once, as in
 * drizzle-kit's command; drizzle-kit's API would use it several times.
 */
function collect(
  file: string,
  own: Readonly<Record<string, unknown>>,
  exports: Record<string, unknown>,
  collected: Set<unknown>,
): void {
  for (const [name, value] of Object.entries(own)) {
    if (collected.has(value)) continue;
    collected.add(value);
    const taken = name in exports;
    exports[taken ? `${name} of ${file}` : name] = value;
  }
}
