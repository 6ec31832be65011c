import { sql, type SQL } from 'drizzle-orm';

/** drizzle-kit cuts a check at a semicolon; Drizzle's migrator cuts the file at a breakpoint. */
const CUT = /;|-(?=-> statement-breakpoint)/g;

/** A text in a check, spelled so that it arrives in the migration whole. */
export function textLiteral(text: string): SQL {
  if (text.search(CUT) === -1) return sql`${text}`;
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "''")
    .replaceAll(CUT, (found) => (found === ';' ? '\\x3b' : '\\x2d'));
  return sql.raw(`E'${escaped}'`);
}
