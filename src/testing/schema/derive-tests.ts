import type { PgTable } from 'drizzle-orm/pg-core';
import { planZero } from '../../emit/zero/plan-zero.ts';
import type { Schema } from '../../model/schema.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import { ancestorsSql, withRows, type Lab } from './lab.ts';
import { compareCatalog } from './compare-catalog.ts';
import { compareRules } from './compare-rules.ts';
import { compareValidators } from './compare-validators.ts';
import { compareZero } from './compare-zero.ts';
import { Coverage } from './coverage.ts';
import type { DerivedSchema } from './read-derived.ts';
import { schemaReport, type SchemaReport } from './schema-report.ts';
import type { Samples } from './solve-worlds.ts';
import { subjectsOf } from './subjects.ts';
import type { TestSubject } from './test-subject.ts';
import { tryRows } from './try-rows.ts';
import { validatorSubject } from './validator-subject.ts';

/** The parts of the derived tests. */
export type TestPart = 'catalog' | 'rows' | 'validators' | 'zero' | 'access';

const TEST_PARTS: readonly TestPart[] = ['catalog', 'rows', 'validators', 'zero', 'access'];

export interface DeriveOptions {
  /** The same seed tries the same rows. */
  readonly seed?: number;
  /** Valid rows, in part or whole, of tables whose checks in SQL the search cannot satisfy. */
  readonly samples?: Samples;
  /** What cannot be tried and why, by its name in the report or that of the constraint. */
  readonly untried?: Readonly<Record<string, string>>;
  /** Tables that have no access rules on purpose, by export name or id. */
  readonly open?: readonly string[];
  /** The `zero` part of garden.config.ts; `false` leaves the Zero schema out. */
  readonly zero?: ZeroChoices | false | undefined;
  /** How many random cases the comparison of access rules asks; 300 if left out. */
  readonly accessCases?: number;
  /** Only these parts; all if left out. */
  readonly parts?: readonly TestPart[];
  /** Tables whose rows are tried, by id; all if left out. */
  readonly only?: readonly string[];
}

/** Runs the derived tests on a migrated database, which is left as it was found. */
export async function deriveTests(
  subject: Pick<TestSubject, 'client' | 'db'>,
  { schema, drizzle }: DerivedSchema,
  options: DeriveOptions,
): Promise<SchemaReport> {
  const { parts = TEST_PARTS, only, seed = 1, samples, untried, zero = {} } = options;
  const asks = (part: TestPart): boolean => parts.includes(part);
  const tables = schema.tables.filter(({ id }) => only?.includes(id) ?? true);
  const expected = asks('rows') ? subjectsOf({ ...schema, tables }) : [];
  const coverage = new Coverage(expected, untried);
  const { client } = subject;
  const plan = zero === false ? undefined : planZero(schema, schema.access?.rules, zero);
  await client.exec('begin');
  try {
    if (asks('catalog')) {
      const published = zero === false || zero.publication === undefined;
      const publication = published ? undefined : plan?.publication;
      await compareCatalog({ client, schema, publication, coverage });
    }
    if (asks('rows') || asks('validators') || asks('zero')) {
      const lab = await tryRows({
        client,
        schema,
        coverage,
        seed,
        only: asks('rows') ? tables.map(({ id }) => id) : [],
        ...(samples && { samples }),
      });
      if (asks('validators')) await validate(subject, lab, drizzle, tables);
      if (asks('zero') && plan) await compareZero(lab, plan);
    }
  } finally {
    await client.exec('rollback');
  }
  if (asks('access')) await compareRules(client, schema, coverage, options);
  return schemaReport(coverage.result());
}

async function validate(
  { db }: Pick<TestSubject, 'db'>,
  lab: Lab,
  drizzle: ReadonlyMap<string, PgTable>,
  tables: Schema['tables'],
): Promise<void> {
  for (const model of tables) {
    const [table, row] = [drizzle.get(model.id), lab.worlds[0]?.get(model.id)];
    if (!table || !row) continue;
    await withRows(lab, ancestorsSql(lab, model, 0), () =>
      compareValidators(validatorSubject({ ...lab, db, table, model }), row),
    );
  }
}
