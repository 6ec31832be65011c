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
  /** Statements that make what the definitions mean. */
  readonly expected: readonly string[];
  readonly parse: ParseSql;
  /** Where the migrations will be, if they are not there yet. */
  readonly folder?: string;
}

/**
 * Reads the migrations back, and compares their checks and policies with those that
 * the definitions mean. drizzle-kit joins the parts of a check with `;` and those of a
 * policy with `--`, and cuts them there again: what a text loses opens the table.
 */
export async function readBack(
  project: Project,
  { expected, parse, folder = project.out }: ReadBackOptions,
): Promise<readonly Finding[]> {
  const found: Replayed = new Map();
  const findings: Finding[] = [];
  for (const { name, text } of await readMigrations(project)) {
    const file = join(folder, name);
    // The migrator splits at this text wherever it stands.
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
    // A table that was made elsewhere has its checks from there.
    if (!other && !found?.created) continue;
    if (plainTree(other?.tree) !== plainTree(tree)) {
      findings.push(report(`the check "${check}"`, other?.file));
    }
  }
  // Beside access rules no other policy may stand; without them it is none of ours.
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

/** A policy without its table: where it stands is known. */
function policyText(policy: object | undefined): string | undefined {
  return policy && plainTree({ ...policy, table: undefined });
}

const altered = (thing: string, { schema, name }: QualifiedName, file: string): Finding => ({
  severity: 'error',
  code: 'generate/altered-sql',
  message: `${thing} of the table ${tableId(schema, name)} is not in the migrations as it is defined.`,
  object: qualifiedName({ schema, name }),
  places: [{ file }],
  fix: 'if drizzle-kit damaged it, use no `;`, no `--` and no parameters in it or its name; if the file was edited, restore it.',
});

const notSql = (file: string, piece: string): Finding => ({
  severity: 'error',
  code: 'generate/not-sql',
  message: `a statement of the migrations is no SQL that Postgres 18 can read: ${excerpt(piece)}`,
  places: [{ file }],
  fix: 'correct the statement. drizzle-kit does not quote names that hold a quote, and the migrator splits the file at `--> statement-breakpoint`.',
});

function excerpt(piece: string): string {
  const line = piece.trim().replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
