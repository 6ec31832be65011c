import { join } from 'node:path';
import { readJournal } from '../../migrations/read-journal.ts';
import { readListedMigrations } from '../../migrations/read-migrations.ts';
import type { ParseSql } from '../../read/sql/open-parser.ts';
import { replay } from '../../read/sql/replay.ts';
import { emptyReplay } from '../../read/sql/replayed.ts';
import type { Finding } from '../../report/problem.ts';
import type { Project } from '../load-project.ts';
import { compareReplayed } from './compare-replayed.ts';

interface ReadBackOptions {
  /** Statements that create the expected result. */
  readonly expected: readonly string[];
  readonly parse: ParseSql;
  /** The final folder of the migrations, if they are not there yet. */
  readonly folder?: string;
}

/**
 * Parses the migrations, and compares their result with the definitions: checks, policies,
 * privileges, triggers, functions, comments. drizzle-kit joins the parts of a check with `;`
 * and those of a policy with `--`, and splits them there again: a truncated text could open
 * the table.
 */
export function readBack(
  project: Project,
  { expected, parse, folder = project.out }: ReadBackOptions,
): readonly Finding[] {
  const found = emptyReplay();
  const findings: Finding[] = [];
  for (const { tag, statements } of readListedMigrations(project.out, readJournal(project.out))) {
    const file = join(folder, `${tag}.sql`);
    for (const { text, line } of statements) {
      // Git on Windows checks files out with other line endings.
      const parsed = parse(text.replaceAll('\r\n', '\n'));
      if (!parsed) findings.push(notSql({ file, line }, text));
      for (const statement of parsed ?? []) replay(found, statement, file);
    }
  }
  const wanted = emptyReplay();
  for (const text of expected) {
    for (const statement of parse(text.replaceAll('\r\n', '\n')) ?? [])
      replay(wanted, statement, '');
  }
  return [...findings, ...compareReplayed(wanted, found, folder)];
}

const notSql = (
  place: { readonly file: string; readonly line: number },
  text: string,
): Finding => ({
  severity: 'error',
  code: 'generate/not-sql',
  message: `a statement in the migrations is not valid SQL for Postgres 18: ${excerpt(text)}`,
  places: [place],
  fix: 'correct the statement. drizzle-kit does not escape quotes in names, and the migrator splits the file at `--> statement-breakpoint`.',
});

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}
