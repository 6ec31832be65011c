import { existsSync, globSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../problem.ts';

/** A drizzle-kit project: what its config says, and what its schema exports. */
export interface Project {
  readonly folder: string;
  readonly configFile: string;
  /** The migrations folder. */
  readonly out: string;
  readonly schemaFiles: readonly string[];
  readonly exports: Record<string, unknown>;
}

const CONFIG_NAMES = ['drizzle.config.ts', 'drizzle.config.js', 'drizzle.config.mjs'];

/** Loads the config and the schema that it names. */
export async function loadProject(cwd: string, config: string | undefined): Promise<Project> {
  const configFile = findConfig(cwd, config);
  const folder = dirname(configFile);
  const { default: settings } = (await importFile(configFile)) as { default?: ConfigFile };
  const schema = settings?.schema;
  if (schema === undefined) {
    throw new ProblemError({
      code: 'generate/no-schema',
      message: 'the config names no schema.',
      at: [configFile],
      fix: "add schema: './src/schema.ts', a list of files, or a glob.",
    });
  }
  const schemaFiles = [schema].flat().flatMap((pattern) => expand(folder, pattern));
  if (schemaFiles.length === 0) {
    throw new ProblemError({
      code: 'generate/schema-not-found',
      message: `no file matches the schema ${JSON.stringify(schema)}.`,
      at: [configFile],
      fix: 'correct the path; it counts from the folder of the config.',
    });
  }
  const modules = await Promise.all(schemaFiles.map(importFile));
  return {
    folder,
    configFile,
    out: resolve(folder, settings?.out ?? 'drizzle'),
    schemaFiles,
    exports: Object.assign({}, ...modules) as Record<string, unknown>,
  };
}

interface ConfigFile {
  readonly schema?: string | readonly string[];
  readonly out?: string;
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

/** drizzle-kit takes a file, a folder, or a glob. */
function expand(folder: string, pattern: string): readonly string[] {
  return globSync(pattern, { cwd: folder })
    .map((name) => join(folder, name))
    .sort();
}

const importFile = (file: string): Promise<unknown> => import(pathToFileURL(file).href);
