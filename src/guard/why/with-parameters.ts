import { sql, type SQL } from 'drizzle-orm';

/** Matches quoted text and names, in which `$1` is not a parameter, or a parameter. */
const QUOTED_OR_PARAMETER = /('(?:[^']|'')*'|"(?:[^"]|"")*")|\$(\d+)/g;

/** A statement with the parameters `$1`, `$2`, … as SQL of Drizzle. */
export function withParameters(text: string, params: readonly unknown[]): SQL {
  const chunks: SQL[] = [];
  let end = 0;
  for (const { index, 0: found, 2: place } of text.matchAll(QUOTED_OR_PARAMETER)) {
    if (place === undefined) continue;
    chunks.push(sql.raw(text.slice(end, index)), sql`${params[Number(place) - 1] ?? null}`);
    end = index + found.length;
  }
  return sql.join([...chunks, sql.raw(text.slice(end))]);
}
