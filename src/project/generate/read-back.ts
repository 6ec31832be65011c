import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { qualifiedName, tableId, type QualifiedName } from '../../model/table-id.ts';
import type { Finding } from '../../report/problem.ts';
import type { ParseSql } from '../../read/sql/open-parser.ts';
import { plainTree } from '../../read/sql/plain-tree.ts';
import { replay, type Replayed, type ReplayedTable } from '../../read/sql/replay.ts';
import { readJournal } from '../../migrations/read-journal.ts';
import type { Project } from '../load-project.ts';

interface ReadBackOptions {
  /** Statements that create the expected result. */
  readonly expected: readonly string[];
  readonly parse: ParseSql;
  /** The final folder of the migrations, if they are not there yet. */
  readonly folder?: string;
}

/**
 * Parses the migrations, and compares their checks and policies with the definitions.
 * drizzle-kit joins the parts of a check with `;` and those of a policy with `--`, and
 * splits them there again: a truncated text could open the table.
 */
export async function readBack(
  project: Project,
  { expected, parse, folder = project.out }: ReadBackOptions,
): Promise<readonly Finding[]> {
  const found: Replayed = new Map();
  const findings: Finding[] = [];
  for (const { name, text } of await readMigrations(project)) {
    const file = join(folder, name);
    // The migrator splits at this text wherever it occurs.
    for (const piece of text.split('--> statement-breakpoint')) {
      const statements = parse(piece);
      if (!statements) findings.push(notSql(file, piece));
      for (const statement of statements ?? []) replay(found, statement, file);
    }
  }
  const wanted: Replayed = new Map();
  for (const text of expected) {
    for (const statement of parse(text) ?? []) replay(wanted, statement, '');
  }
  for (const [key, table] of wanted) {
    findings.push(...compareTable(key, table, found.get(key), folder));
  }
  return findings;
}

async function readMigrations(
  project: Project,
): Promise<readonly { readonly name: string; readonly text: string }[]> {
  const entries = readJournal(project.out)?.entries ?? [];
  return Promise.all(
    entries.map(async ({ tag }) => {
      const name = `${tag}.sql`;
      return { name, text: await readFile(join(project.out, name), 'utf8') };
    }),
  );
}

function compareTable(
  key: string,
  wanted: ReplayedTable,
  found: ReplayedTable | undefined,
  folder: string,
): readonly Finding[] {
  const [schema, name] = JSON.parse(key) as [string, string];
  const report = (thing: string, file: string | undefined): Finding =>
    altered(thing, { schema, name }, file ?? folder);
  const findings: Finding[] = [];
  for (const [check, { tree }] of wanted.checks) {
    const other = found?.checks.get(check);
    // If no migration creates the table, its checks are created elsewhere too.
    if (!other && !found?.created) continue;
    if (plainTree(other?.tree) !== plainTree(tree)) {
      findings.push(report(`the check "${check}"`, other?.file));
    }
  }
  // A table with access rules must not have other policies; policies of tables without
  // rules are not checked.
  const others = wanted.forced ? [...(found?.policies.keys() ?? [])] : [];
  for (const policy of new Set([...wanted.policies.keys(), ...others])) {
    const other = found?.policies.get(policy);
    if (policyText(other?.tree) !== policyText(wanted.policies.get(policy)?.tree)) {
      findings.push(report(`the policy "${policy}"`, other?.file));
    }
  }
  const secured = found?.rowSecurity === true && (found.forced || !wanted.forced);
  if (wanted.rowSecurity && !secured) findings.push(report('row-level security', undefined));
  return findings;
}

/**
 * A policy as text, without the table name: the compared policies belong to the same table.
 */
function policyText(policy: object | undefined): string | undefined {
  return policy && plainTree({ ...policy, table: undefined });
}

const altered = (thing: string, { schema, name }: QualifiedName, file: string): Finding => ({
  severity: 'error',
  code: 'generate/altered-sql',
  message: `${thing} of the table ${tableId(schema, name)} differs in the migrations from its definition.`,
  object: qualifiedName({ schema, name }),
  places: [{ file }],
  fix: 'if drizzle-kit damaged it, avoid `;`, `--` and parameters in it and its name; if the file was edited, restore it.',
});

const notSql = (file: string, piece: string): Finding => ({
  severity: 'error',
  code: 'generate/not-sql',
  message: `a statement in the migrations is not valid SQL for Postgres 18: ${excerpt(piece)}`,
  places: [{ file }],
  fix: 'correct the statement. drizzle-kit does not escape quotes in names, and the migrator splits the file at `--> statement-breakpoint`.',
});

function excerpt(piece: string): string {
  const line = piece.trim().replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
