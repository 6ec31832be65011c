import { sql, type SQL } from 'drizzle-orm';

/** drizzle-kit truncates a check at a semicolon; Drizzle's migrator splits the file at a breakpoint. */
const CUT = /;|-(?=-> statement-breakpoint)/g;

/** A text literal in a check, escaped so that it reaches the migration intact. */
export function textLiteral(text: string): SQL {
  if (text.search(CUT) === -1) return sql`${text}`;
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replaceAll(CUT, (found) => (found === ';' ? '\\x3b' : '\\x2d'));
  return sql.raw(`E'${escaped}'`);
}
