import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { applyIgnores } from '../../check/apply-ignores.ts';
import { chosenRules } from '../../check/chosen-rules.ts';
import { migrationRules } from '../../check/migrations/migration-rules.ts';
import { runMigrationRules } from '../../check/migrations/migration-rule.ts';
import { levelOf } from '../../check/rule-settings.ts';
import type { Validation } from '../../check/validation.ts';
import { journalFile } from '../../migrations/journal-file.ts';
import type { MeasuredMigrations } from '../../read/sql/measure-migrations.ts';
import { measureMigrations } from '../../read/sql/measure-migrations.ts';
import type { SqlFile } from '../../read/sql/run-sql.ts';
import { supabaseStandIns } from '../../read/sql/supabase-stand-ins.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeSettings } from '../place-settings.ts';
import { sqlIgnoreComments } from './ignore-comments.ts';
import { journalOrder } from './journal-order.ts';
import { acceptedBy, loadValidateConfig } from './load-validate-config.ts';
import { readSqlFiles } from './read-sql-files.ts';
import { extensionsOf, type OpenScratch } from './validate-sql.ts';

export interface MigrationsChoice {
  readonly folder: string;
  /** Migrations up to and including this one run without being judged. */
  readonly after?: string;
}

/** Judges the statements of a migrations folder by their effects in an empty database. */
export async function validateMigrations(
  cwd: string,
  config: string | undefined,
  { folder, after }: MigrationsChoice,
  open: OpenScratch,
): Promise<Validation> {
  const { settings, file } = await loadValidateConfig(cwd, config);
  const { rules: chosen, known, findings: misused } = chosenRules(settings);
  const rules = migrationRules.filter((rule) => chosen.includes(rule));
  const files = await readSqlFiles(cwd, [folder]);
  const judged = new Set(filesAfter(files, after));
  const measured = await measure(folder, files, open);
  if (measured.statements.length === 0) throw nothingRan(folder, measured);
  const found = runMigrationRules(
    measured.statements.filter((one) => judged.has(one.file)),
    rules,
    ({ code, severity }) => {
      const level = levelOf(settings.rules?.[code]);
      return level === 'error' || level === 'warning' ? level : severity;
    },
  );
  // Ignore comments for schema rules do not apply to migration rules.
  const isOther = (code: string): boolean =>
    known.some((rule) => rule.code === code && !migrationRules.some((one) => one.code === code));
  const objects = new Set(found.map(({ object = '' }) => object));
  const ignores = [
    ...acceptedBy(settings, objects, file),
    ...sqlIgnoreComments(files.filter((one) => judged.has(one.file))).filter(
      ({ rule }) => !isOther(rule),
    ),
  ];
  const { kept, ignored, problems } = applyIgnores(found, ignores, {
    rules: known.map(({ code }) => code),
    objects,
  });
  const tags = new Set([...judged].map((name) => basename(name, '.sql')));
  const unordered = await journalOrder(resolve(cwd, folder), (tag) => tags.has(tag));
  return {
    findings: [...unordered, ...measured.failures, ...misused, ...problems, ...kept].map(
      (finding) => placeSettings(finding, file),
    ),
    ignored,
    notJudged: measured.notJudged,
    tables: measured.tables,
    rules,
  };
}

/** The files after the one with this name, with or without `.sql`. */
function filesAfter(files: readonly SqlFile[], after: string | undefined): readonly string[] {
  const names = files.map(({ file }) => file);
  if (after === undefined) return names;
  const at = files.findIndex(({ file }) => basename(file, '.sql') === basename(after, '.sql'));
  if (at !== -1) return names.slice(at + 1);
  throw new ProblemError({
    code: 'validate/no-file',
    message: `there is no migration ${JSON.stringify(after)}.`,
    fix: `name a file of the folder, for example --after ${basename(names.at(-1) ?? '', '.sql')}.`,
  });
}

async function measure(
  folder: string,
  files: readonly SqlFile[],
  open: OpenScratch,
): Promise<MeasuredMigrations> {
  const standIns = supabaseStandIns(files);
  const database = await open([...extensionsOf(files), ...standIns.extensions]);
  try {
    if (standIns.sql !== '') await database.run(standIns.sql);
    return await measureMigrations(files, database, {
      migrator: existsSync(journalFile(folder)) ? 'drizzle' : 'unknown',
      unavailable: database.unavailable,
    });
  } finally {
    await database.close();
  }
}

const nothingRan = (folder: string, { failures }: MeasuredMigrations): ProblemError =>
  new ProblemError(
    {
      code: 'validate/not-sql',
      message: 'no statement of the migrations could be run.',
      places: [{ file: folder }],
      fix: 'name a folder with SQL for Postgres.',
    },
    { others: failures },
  );
