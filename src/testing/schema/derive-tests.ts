import type { PgTable } from 'drizzle-orm/pg-core';
import { planZero } from '../../emit/zero/plan-zero.ts';
import type { Schema } from '../../model/schema.ts';
import type { ZeroChoices } from '../../model/zero-choices.ts';
import { ancestorsSql, withRows, type Lab } from './lab.ts';
import { compareCatalog } from './compare-catalog.ts';
import { compareRules } from './compare-rules.ts';
import { compareValidators } from './compare-validators.ts';
import { compareZero } from './compare-zero.ts';
import { addDefaultPartitions } from './default-partitions.ts';
import { Coverage } from './coverage.ts';
import type { DerivedSchema } from './read-derived.ts';
import { schemaReport, type SchemaReport } from './schema-report.ts';
import type { Samples } from './solve-worlds.ts';
import { subjectsOf } from './subjects.ts';
import type { TestSubject } from './test-subject.ts';
import { tryRows } from './try-rows.ts';

/** The parts of the derived tests. */
export type TestPart = 'catalog' | 'rows' | 'validators' | 'zero' | 'access';

export const TEST_PARTS: readonly TestPart[] = ['catalog', 'rows', 'validators', 'zero', 'access'];

export interface DeriveOptions {
  /** The same seed draws the same rows. */
  readonly seed?: number;
  /** Partial or complete valid rows of tables whose SQL checks the search cannot satisfy. */
  readonly samples?: Samples;
  /** Subjects that cannot be tested, with reasons, by name in the report or name of the constraint. */
  readonly untried?: Readonly<Record<string, string>>;
  /** Tables that have no access rules on purpose, by export name or id. */
  readonly open?: readonly string[];
  /** The `zero` part of garden.config.ts; `false` skips the Zero schema. */
  readonly zero?: ZeroChoices | false | undefined;
  /** Number of random cases in the comparison of access rules. Default: 300. */
  readonly accessCases?: number;
  /** Run only these parts. Default: all. */
  readonly parts?: readonly TestPart[];
  /** Tables whose rows are tested, by id. Default: all. */
  readonly only?: readonly string[];
}

/** Runs the derived tests on a migrated database, and rolls back all changes. */
export async function deriveTests(
  subject: Pick<TestSubject, 'client' | 'db'>,
  { schema, drizzle }: DerivedSchema,
  options: DeriveOptions,
): Promise<SchemaReport> {
  const { parts = TEST_PARTS, only, seed = 1, samples, untried, zero = {} } = options;
  const includes = (part: TestPart): boolean => parts.includes(part);
  const tables = schema.tables.filter(({ id }) => only?.includes(id) ?? true);
  const expected = includes('rows') ? subjectsOf({ ...schema, tables }) : [];
  const coverage = new Coverage(expected, untried);
  const { client } = subject;
  const plan = zero === false ? undefined : planZero(schema, schema.access?.rules, zero);
  await client.exec('begin');
  try {
    if (includes('catalog')) {
      const published = zero === false || zero.publication === undefined;
      const publication = published ? undefined : plan?.publication;
      await compareCatalog({ client, schema, publication, coverage });
    }
    if (includes('rows') || includes('validators') || includes('zero')) {
      await addDefaultPartitions(client, tables);
      const lab = await tryRows({
        client,
        schema,
        coverage,
        seed,
        only: includes('rows') ? tables.map(({ id }) => id) : [],
        ...(samples && { samples }),
      });
      if (includes('validators')) await validate(subject, lab, drizzle, tables);
      if (includes('zero') && plan) await compareZero(lab, plan);
    }
  } finally {
    await client.exec('rollback');
  }
  if (includes('access')) await compareRules(client, schema, coverage, options);
  return schemaReport(coverage.result());
}

async function validate(
  { db }: Pick<TestSubject, 'db'>,
  lab: Lab,
  drizzle: ReadonlyMap<string, PgTable>,
  tables: Schema['tables'],
): Promise<void> {
  // Imported after the version check: drizzle-zod does not load with Zod 3, and its error
  // would not name the cause.
  const { validatorSubject } = await import('./validator-subject.ts');
  for (const model of tables) {
    const [table, row] = [drizzle.get(model.id), lab.worlds[0]?.get(model.id)];
    if (!table || !row) continue;
    await withRows(lab, ancestorsSql(lab, model, 0), () =>
      compareValidators(validatorSubject({ ...lab, db, table, model }), row),
    );
  }
}
