import { is } from 'drizzle-orm';
import { Relations } from 'drizzle-orm/relations';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Finding } from '../report/problem.ts';
import type { Project } from './load-project.ts';

/** drizzle-kit does not need relations, so its config often lists only the files of tables. */
export function unnamedRelations(
  project: Pick<Project, 'files' | 'inputs' | 'configFile'>,
): readonly Finding[] {
  const { files, inputs, configFile } = project;
  const hasRelations = files.some(({ exports }) =>
    Object.values(exports).some((value) => is(value, Relations)),
  );
  if (hasRelations) return [];
  const folders = new Set(files.map(({ file }) => dirname(file)));
  const found = [...folders].flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => /(?<!\.d)\.[mc]?[jt]s$/.test(name))
      .map((name) => join(folder, name))
      .filter((file) => !inputs.includes(file) && exportsRelations(file)),
  );
  if (found.length === 0) return [];
  const names = found.map((file) => basename(file)).join(' and ');
  return [
    {
      severity: 'warning',
      code: 'schema/relations-not-named',
      message: `the schema exports no relations, but ${names} next to it does.`,
      places: [...found, configFile].map((file) => ({ file })),
      fix: `add ${names} to schema in drizzle-kit's config: without relations the Zero schema has none.`,
    },
  ];
}

/** Checks only the text, because the file is not part of the schema and must not run. */
function exportsRelations(file: string): boolean {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return false;
  }
  return (
    /\bimport\s*\{[^}]*\brelations\b[^}]*\}\s*from\s*['"]drizzle-orm['"/]/.test(text) &&
    /(?:^|;)[ \t]*export\s+(?:const|default)\b[^;]*?\brelations\s*\(/m.test(text)
  );
}
