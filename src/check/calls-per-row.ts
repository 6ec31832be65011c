import type { DatabaseFunction } from '../model/database-function.ts';
import { qualifiedName } from '../model/table-id.ts';

const TOKEN =
  /--[^\n]*|\/\*.*?\*\/|'(?:[^']|'')*'|\$\$.*?\$\$|(?:"(?:[^"]|"")*"|[a-z_]\w*)(?:\s*\.\s*(?:"(?:[^"]|"")*"|[a-z_]\w*))*|[()]/gis;

/** Functions that return the same value for all rows of a statement. */
const SESSION = new Set([
  'auth.uid',
  'auth.jwt',
  'auth.role',
  'auth.email',
  'current_setting',
  'access.claim_uuid',
  'access.claim_text',
  'access.claim_integer',
  'access.claim_boolean',
  'access.claim_uuids',
  'access.claim_texts',
  'access.claim_integers',
]);

/**
 * The functions that read the session: those of Supabase and of this package, others by their
 * names (`app.tenant`), and STABLE functions of a database whose body calls one.
 */
export function sessionFunctions(
  names: readonly string[],
  functions: readonly DatabaseFunction[] = [],
): ReadonlySet<string> {
  const readers = functions.filter(
    ({ stable, args, body = '' }) => stable && args === '' && callsAny(body, SESSION),
  );
  const all = [...names, ...readers.map((one) => qualifiedName(one))];
  return new Set([...SESSION, ...all.map((name) => shortName(name.toLowerCase()))]);
}

/**
 * The calls of session functions in a condition, except in scalar subqueries (`(select …)` without
 * FROM). A subquery with FROM calls them for each of its rows.
 */
export function callsPerRow(sql: string, known: ReadonlySet<string>): readonly string[] {
  const found: string[] = [];
  /** For each open parenthesis: whether it starts a subquery, and the calls found in it so far. */
  const open: { isSelect: boolean; hasFrom: boolean; readonly calls: string[] }[] = [];
  const tokens = tokensOf(sql);
  tokens.forEach((token, at) => {
    const frame = open.at(-1);
    if (token === '(')
      open.push({ isSelect: tokens[at + 1] === 'select', hasFrom: false, calls: [] });
    else if (token === ')') {
      const closed = open.pop();
      const isScalar = closed?.isSelect === true && !closed.hasFrom;
      if (closed && !isScalar) (open.at(-1)?.calls ?? found).push(...closed.calls);
    } else if (token === 'from' && frame && tokens[at - 1] !== 'distinct') frame.hasFrom = true;
    else if (isCall(tokens, at, known)) (frame?.calls ?? found).push(token);
  });
  return found;
}

const tokensOf = (sql: string): readonly string[] =>
  [...sql.matchAll(TOKEN)].map(([text]) => text.replaceAll(/[\s"]/g, '').toLowerCase());

const isCall = (tokens: readonly string[], at: number, known: ReadonlySet<string>): boolean =>
  known.has(shortName(tokens[at] ?? '')) && tokens[at + 1] === '(';

function callsAny(sql: string, known: ReadonlySet<string>): boolean {
  const tokens = tokensOf(sql);
  return tokens.some((_, at) => isCall(tokens, at, known));
}

/** A name without a schema that is always searched, or searched by default. */
const shortName = (name: string): string => name.replace(/^(?:pg_catalog|public)\./, '');
