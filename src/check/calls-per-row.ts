const TOKEN =
  /'(?:[^']|'')*'|\$\$.*?\$\$|"(?:[^"]|"")*"(?:\s*\.\s*"(?:[^"]|"")*")*|[a-z_]\w*(?:\s*\.\s*[a-z_]\w*)*|[()]/gis;

/** Functions that return the same value for all rows of a statement. */
const SESSION = new Set([
  'auth.uid',
  'auth.jwt',
  'auth.role',
  'auth.email',
  'current_setting',
  'pg_catalog.current_setting',
  'access.claim_uuid',
  'access.claim_text',
  'access.claim_integer',
  'access.claim_boolean',
  'access.claim_uuids',
  'access.claim_texts',
  'access.claim_integers',
]);

/**
 * The calls of session functions in a condition, except in scalar subqueries (`(select …)` without
 * FROM). A subquery with FROM calls them for each of its rows.
 */
export function callsPerRow(sql: string): readonly string[] {
  const found: string[] = [];
  /** For each open parenthesis: whether it starts a subquery, and the calls found in it so far. */
  const open: { isSelect: boolean; hasFrom: boolean; readonly calls: string[] }[] = [];
  const tokens = [...sql.matchAll(TOKEN)].map(([text]) =>
    text.replaceAll(/[\s"]/g, '').toLowerCase(),
  );
  tokens.forEach((token, at) => {
    const frame = open.at(-1);
    if (token === '(')
      open.push({ isSelect: tokens[at + 1] === 'select', hasFrom: false, calls: [] });
    else if (token === ')') {
      const closed = open.pop();
      const isScalar = closed?.isSelect === true && !closed.hasFrom;
      if (closed && !isScalar) (open.at(-1)?.calls ?? found).push(...closed.calls);
    } else if (token === 'from' && frame && tokens[at - 1] !== 'distinct') frame.hasFrom = true;
    else if (SESSION.has(token) && tokens[at + 1] === '(') (frame?.calls ?? found).push(token);
  });
  return found;
}
