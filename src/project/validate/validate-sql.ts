import type { Ignore } from '../../check/apply-ignores.ts';
import { judgeSchema } from '../../check/judge-schema.ts';
import { migrationRules } from '../../check/migrations/migration-rules.ts';
import { objectsOf } from '../../check/objects-of.ts';
import type { Validation } from '../../check/validation.ts';
import type { Schema } from '../../model/schema.ts';
import { schemaOf, splitTableId } from '../../model/table-id.ts';
import type { ScratchDatabase } from '../../read/sql/scratch-database.ts';
import { readCatalog } from '../../read/catalog/read-catalog.ts';
import { withCutNames } from '../../read/sql/cut-names.ts';
import { runSql, type SqlFile, type SqlRun } from '../../read/sql/run-sql.ts';
import { supabaseStandIns } from '../../read/sql/supabase-stand-ins.ts';
import { ProblemError, type Finding } from '../../report/problem.ts';
import { sqlIgnoreComments } from './ignore-comments.ts';
import { acceptedBy, loadValidateConfig } from './load-validate-config.ts';
import { placeSettings } from '../place-settings.ts';

/** An empty in-memory database with the requested extensions. */
interface SqlScratch extends ScratchDatabase {
  readonly unavailable: readonly string[];
  close(): PromiseLike<unknown>;
}

export type OpenScratch = (extensions: readonly string[]) => PromiseLike<SqlScratch>;

/** Judges the schema that SQL files create in an empty database. */
export async function validateSql(
  cwd: string,
  config: string | undefined,
  files: readonly SqlFile[],
  open: OpenScratch,
): Promise<Validation> {
  const { settings, file } = await loadValidateConfig(cwd, config);
  const standIns = supabaseStandIns(files);
  const scratch = await open([...extensionsOf(files), ...standIns.extensions]);
  try {
    if (standIns.sql !== '') await scratch.run(standIns.sql);
    const run = await runSql(files, scratch, scratch.unavailable);
    if (run.succeeded === 0) throw nothingRan(files, run);
    const catalog = withCutNames(await readCatalog(scratch.query), run.cutNames);
    const schema = withoutSchemas(catalog, standIns.schemas);
    if (schema.tables.length + schema.views.length === 0) throw noTables(files, run);
    const validation = judgeSchema(schema, {
      settings,
      input: 'database',
      ignores: [
        ...acceptedBy(settings, objectsOf(schema), file),
        ...sqlIgnoreComments(files).filter(isForSchema),
      ],
      found: run.failures,
      place: (finding) => placeFinding(finding, run),
      unread: run.notJudged,
    });
    return {
      ...validation,
      findings: validation.findings.map((finding) => placeSettings(finding, file)),
    };
  } finally {
    await scratch.close();
  }
}

/** Ignore comments for migration rules only apply with --migrations. */
const isForSchema = ({ rule }: Ignore): boolean =>
  !migrationRules.some(({ code }) => code === rule);

const EXTENSION = /create\s+extension\s+(?:if\s+not\s+exists\s+)?"?([\w-]+)/gi;

export const extensionsOf = (files: readonly SqlFile[]): readonly string[] =>
  files.flatMap(({ text }) =>
    [...text.matchAll(EXTENSION)].map(([, name = '']) => name.toLowerCase()),
  );

function placeFinding(finding: Finding, { places }: SqlRun): Finding {
  const place = finding.object === undefined ? undefined : places.find(finding.object);
  return place === undefined ? finding : { ...finding, places: [place] };
}

/** Removes the stand-ins for Supabase's schemas. */
function withoutSchemas(schema: Schema, names: readonly string[]): Schema {
  if (names.length === 0) return schema;
  const isKept = (one: { readonly schema?: string }): boolean => !names.includes(schemaOf(one));
  return {
    ...schema,
    tables: schema.tables.filter(isKept),
    views: schema.views.filter(isKept),
    enums: schema.enums.filter(isKept),
    sequences: schema.sequences.filter(isKept),
    ...(schema.functions && { functions: schema.functions.filter(isKept) }),
    policies: schema.policies.filter(({ table }) => isKept(splitTableId(table))),
  };
}

/** The files contain no SQL, or all statements failed. */
function nothingRan(files: readonly SqlFile[], { failures }: SqlRun): ProblemError {
  const [first] = failures;
  const places = files.map(({ file }) => ({ file }));
  if (first === undefined) {
    return new ProblemError({
      code: 'validate/no-tables',
      message: 'no statement creates an object, so there is nothing to validate.',
      places,
      fix: 'name files that create tables.',
    });
  }
  return new ProblemError({
    code: 'validate/not-sql',
    message: `no statement could be run. ${first.message.replace(/^P/, 'The first: P')}`,
    places: first.places ?? places,
    fix: 'name files with SQL for Postgres.',
  });
}

const noTables = (files: readonly SqlFile[], { failures }: SqlRun): ProblemError =>
  new ProblemError(
    {
      code: 'validate/no-tables',
      message: 'the SQL creates no table, so there is nothing to validate.',
      places: files.map(({ file }) => ({ file })),
      fix: 'name files that create tables.',
    },
    { others: failures },
  );
