import { builtInRules } from '../../src/check/built-in-rules.ts';
import { runMigrationRules } from '../../src/check/migrations/migration-rule.ts';
import { migrationRules } from '../../src/check/migrations/migration-rules.ts';
import { runRules } from '../../src/check/run-rules.ts';
import type { LintRule } from '../../src/check/lint-rule.ts';
import { quoteName } from '../../src/model/quote-sql.ts';
import type { Scratch } from '../../src/postgres/open-scratch.ts';
import { readCatalog } from '../../src/read/catalog/read-catalog.ts';
import { withCutNames } from '../../src/read/sql/cut-names.ts';
import { measureMigrations } from '../../src/read/sql/measure-migrations.ts';
import { runSql } from '../../src/read/sql/run-sql.ts';
import { setupOf } from './disagreements.ts';
import type { PeerCase, PeerVerdict } from './peer-case.ts';
import { prepareCase } from './prepare-case.ts';

const CASE = 'case.sql';

interface Outcome {
  readonly found: readonly string[];
  readonly failure: string | undefined;
}

/** Judges a case by rules of ours: what its statements do, and the schema that they leave. */
export async function judgeCase(
  of: PeerCase,
  codes: readonly string[],
  database: Scratch,
): Promise<PeerVerdict> {
  if (of.oldServer) return { of, ours: undefined, details: ['about a server before Postgres 15'] };
  await empty(database);
  const prepared = await prepareCase(of.sql, setupOf(of), database);
  if ('error' in prepared) return { of, ours: undefined, details: [prepared.error] };
  const files = [
    { file: 'setup.sql', text: prepared.setup.map((text) => `${text};\n`).join('') },
    { file: CASE, text: prepared.sql },
  ] as const;
  const outcomes: Outcome[] = [];
  const statementRules = migrationRules.filter(({ code }) => codes.includes(code));
  if (statementRules.length > 0) {
    const migrator = of.inTransaction ? 'drizzle' : 'unknown';
    const { statements, failures } = await measureMigrations(files, database, {
      migrator,
      unavailable: [],
    });
    const own = statements.filter(({ file }) => file === CASE);
    const found = runMigrationRules(own, statementRules, ({ severity }) => severity);
    outcomes.push({ found: found.map(textOf), failure: failures[0]?.message });
  }
  const schemaRules = builtInRules.filter(({ code }) => codes.includes(code));
  if (schemaRules.length > 0) {
    await empty(database);
    const before = await lint([files[0]], schemaRules, database);
    await empty(database);
    const { found, failure } = await lint(files, schemaRules, database);
    outcomes.push({ found: found.filter((text) => !before.found.includes(text)), failure });
  }
  const failure = outcomes.find((outcome) => outcome.failure !== undefined)?.failure;
  if (failure !== undefined) return { of, ours: undefined, details: [failure] };
  const details = outcomes.flatMap(({ found }) => found);
  return { of, ours: details.length > 0, details };
}

async function lint(
  files: readonly { readonly file: string; readonly text: string }[],
  rules: readonly LintRule[],
  database: Scratch,
): Promise<Outcome> {
  const run = await runSql(files, database);
  const schema = withCutNames(await readCatalog(database.query), run.cutNames);
  return {
    found: runRules(schema, { rules, input: 'database' }).map(textOf),
    failure: run.failures[0]?.message,
  };
}

const textOf = ({ code, message }: { readonly code: string; readonly message: string }): string =>
  `${code}: ${message}`;

async function empty(database: Scratch): Promise<void> {
  const schemas = await database.query(
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  const drops = schemas.map(({ name }) => `drop schema ${quoteName(String(name))} cascade;`);
  await database.run(`reset all; ${drops.join(' ')} create schema public`);
}
