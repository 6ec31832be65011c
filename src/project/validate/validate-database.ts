import { judgeSchema } from '../../check/judge-schema.ts';
import { objectsOf } from '../../check/objects-of.ts';
import type { NotJudged, Validation } from '../../check/validation.ts';
import type { CatalogQuery } from '../../read/catalog/read-catalog.ts';
import { readVisibleCatalog } from '../../read/catalog/read-visible-catalog.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeSettings } from '../place-settings.ts';
import { acceptedBy, loadValidateConfig } from './load-validate-config.ts';

/** A live database. */
export interface LiveDatabase {
  /** The URL for messages, without a password. */
  readonly place: string;
  /** Each call is one read-only transaction. */
  readonly query: CatalogQuery;
  /** The parts that could not be read. */
  readonly unread: readonly NotJudged[];
}

/** Judges a live database by its catalog, without writing to it. */
export async function validateDatabase(
  cwd: string,
  config: string | undefined,
  { place, query, unread }: LiveDatabase,
): Promise<Validation> {
  const { settings, file } = await loadValidateConfig(cwd, config);
  const { schema, hidden } = await readVisibleCatalog(query);
  if (schema.tables.length + schema.views.length === 0) throw noTables(place);
  const validation = judgeSchema(schema, {
    settings,
    input: 'database',
    ignores: acceptedBy(settings, objectsOf(schema), file),
    found: [],
    unread,
    hidden,
  });
  return {
    ...validation,
    findings: validation.findings.map((finding) => placeSettings(finding, file)),
  };
}

const noTables = (place: string): ProblemError =>
  new ProblemError({
    code: 'validate/no-tables',
    message: 'the database has no tables, so there is nothing to validate.',
    context: [place],
    fix: 'check the name of the database in the URL, or apply the migrations first.',
  });
