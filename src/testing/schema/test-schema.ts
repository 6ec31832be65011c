import type { Casing } from '../../read/drizzle/drizzle-names.ts';
import { ProblemError } from '../../report/problem.ts';
import { deriveTests, type DeriveOptions } from './derive-tests.ts';
import { readDerived, type SchemaExports } from './read-derived.ts';
import type { SchemaReport } from './schema-report.ts';
import { openTestSubject, type SubjectOptions } from './test-subject.ts';

export interface TestSchemaOptions extends SubjectOptions, Omit<DeriveOptions, 'only'> {
  /** drizzle-kit's setting of the same name. */
  readonly casing?: Casing;
}

/**
 * Derives the tests of a schema from its definition, and runs them: every constraint, key,
 * delete action and trigger with what it forbids and what it allows, the validators, the
 * migrated catalog, the Zero schema and the access rules. Throws where something is not as
 * the definitions say; otherwise gives what was tried and what could not be, and why.
 *
 * @example
 * import * as tables from './schema.ts';
 *
 * const report = await testSchema(tables, { migrations: './migrations' });
 * report.text; // what was tried
 */
export async function testSchema(
  schema: SchemaExports,
  options: TestSchemaOptions,
): Promise<SchemaReport> {
  const derived = readDerived(schema, options.casing);
  await using subject = await openTestSubject(options);
  const report = await deriveTests(subject, derived, options);
  if (report.failures.length > 0) {
    throw new ProblemError({
      code: 'testing/schema',
      message: `the database is not as the schema says, in ${report.failures.length} places.\n\n${report.text}`,
      fix: 'generate the missing migrations, or correct the definitions.',
    });
  }
  return report;
}
