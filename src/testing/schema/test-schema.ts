import type { Casing } from '../../read/drizzle/drizzle-names.ts';
import { ProblemError } from '../../report/problem.ts';
import { deriveTests, TEST_PARTS, type DeriveOptions } from './derive-tests.ts';
import { readDerived, type SchemaExports } from './read-derived.ts';
import { refuseUnknownNames } from './refuse-unknown-names.ts';
import type { SchemaReport } from './schema-report.ts';
import { openTestSubject, type SubjectOptions } from './test-subject.ts';

export interface TestSchemaOptions extends SubjectOptions, DeriveOptions {
  /** drizzle-kit's setting of the same name. */
  readonly casing?: Casing;
}

/**
 * Derives the tests of a schema from its definition, and runs them. They cover every
 * constraint, key, delete action and trigger with forbidden and allowed rows, the
 * validators, the migrated catalog, the Zero schema and the access rules. Throws if the
 * database differs from the definitions; otherwise returns a report of the tests, with
 * reasons for what could not be tested.
 *
 * @example
 * import * as tables from './schema.ts';
 *
 * const report = await testSchema(tables, { migrations: './migrations' });
 * report.text; // the tests that ran
 */
export async function testSchema(
  schema: SchemaExports,
  options: TestSchemaOptions,
): Promise<SchemaReport> {
  const derived = readDerived(schema, options.casing);
  refuseUnknownNames(derived.schema, options, TEST_PARTS);
  await using subject = await openTestSubject(options);
  const report = await deriveTests(subject, derived, options);
  if (report.failures.length > 0) {
    throw new ProblemError({
      code: 'testing/schema',
      message: `the database differs from the schema in ${report.failures.length} places.\n\n${report.text}`,
      fix: 'generate the missing migrations, or correct the definitions.',
    });
  }
  return report;
}
