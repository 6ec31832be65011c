import { NEXT_MIGRATION, runMigrationRules } from '../../src/check/migrations/migration-rule.ts';
import { migrationRules } from '../../src/check/migrations/migration-rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import { openScratch } from '../../src/postgres/open-scratch.ts';
import { measureMigrations } from '../../src/read/sql/measure-migrations.ts';
import type { Finding } from '../../src/report/problem.ts';
import { catalogOf } from '../catalog/made-database.ts';
import { openExampleDatabase } from './example-database.fixture.ts';
import { reportOf } from './report-of.fixture.ts';
import { loadExamples, sqlExamples } from './rule-examples.fixture.ts';

/** The reports of all rules about their bad examples, by code. */
export async function allReports(): Promise<ReadonlyMap<string, string>> {
  const definitions = (await loadExamples())
    .filter(({ name }) => name === 'bad')
    .map(({ rule, schema }) => runRules(schema, { rules: [rule], input: 'definitions' }));
  const found = [...definitions, ...(await ofDatabases()), ...(await ofMigrations())].flat();
  return new Map(found.map((finding) => [finding.code, reportOf(finding)]));
}

async function ofDatabases(): Promise<readonly (readonly Finding[])[]> {
  const db = await openExampleDatabase();
  const found: (readonly Finding[])[] = [];
  for (const { rule, name, sql } of sqlExamples) {
    if (name !== 'bad') continue;
    await db.exec(`begin; ${sql}`);
    found.push(runRules(await catalogOf(db), { rules: [rule], input: 'database' }));
    await db.exec('rollback');
  }
  await db.close();
  return found;
}

async function ofMigrations(): Promise<readonly (readonly Finding[])[]> {
  const scratch = await openScratch([]);
  const found: (readonly Finding[])[] = [];
  for (const rule of migrationRules) {
    await scratch.run('drop schema public cascade; create schema public; reset all');
    const files = rule.example.bad
      .split(NEXT_MIGRATION)
      .map((text, at) => ({ file: `${at}.sql`, text }));
    const { statements } = await measureMigrations(files, scratch, {
      migrator: 'unknown',
      unavailable: [],
    });
    found.push(runMigrationRules(statements, [rule], ({ severity }) => severity));
  }
  await scratch.close();
  return found;
}
