/** A part of SQL text in which a semicolon has no meaning. */
export interface QuotedToken {
  readonly kind: 'comment' | 'string' | 'identifier' | 'body';
  /** Offset after it, or the end of the text if it is not closed. */
  readonly end: number;
  readonly closed: boolean;
}

const IN_NAME = /[\w$\u0080-\uffff]/;
const DOLLAR_TAG = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$/y;

/** Reads the string, quoted name, dollar-quoted body or comment that begins at the offset. */
export function quotedToken(
  sql: string,
  at: number,
  backslashes: boolean = false,
): QuotedToken | undefined {
  const first = sql[at];
  if (first === "'") {
    const escapes = backslashes || isEscapeString(sql, at);
    return token(sql, 'string', escapes ? endOfEscaped(sql, at + 1) : endOfQuoted(sql, at, "'"));
  }
  if (first === '"') return token(sql, 'identifier', endOfQuoted(sql, at, '"'));
  if (first === '$') {
    if (IN_NAME.test(sql[at - 1] ?? ' ')) return undefined;
    DOLLAR_TAG.lastIndex = at;
    const tag = DOLLAR_TAG.exec(sql)?.[0];
    if (tag === undefined) return undefined;
    const end = sql.indexOf(tag, at + tag.length);
    return token(sql, 'body', end === -1 ? undefined : end + tag.length);
  }
  if (sql.startsWith('--', at)) {
    const end = sql.indexOf('\n', at);
    return { kind: 'comment', end: end === -1 ? sql.length : end, closed: true };
  }
  if (sql.startsWith('/*', at)) return token(sql, 'comment', endOfComment(sql, at));
  return undefined;
}

const token = (sql: string, kind: QuotedToken['kind'], end: number | undefined): QuotedToken => ({
  kind,
  end: end ?? sql.length,
  closed: end !== undefined,
});

/** `E'…'`, where the E is not the end of a word. */
const isEscapeString = (sql: string, at: number): boolean =>
  /[eE]/.test(sql[at - 1] ?? '') && !IN_NAME.test(sql[at - 2] ?? ' ');

/** A doubled quote is part of the text. */
function endOfQuoted(sql: string, from: number, quote: string): number | undefined {
  let at = from + 1;
  while (true) {
    const end = sql.indexOf(quote, at);
    if (end === -1) return undefined;
    if (sql[end + 1] !== quote) return end + 1;
    at = end + 2;
  }
}

function endOfEscaped(sql: string, from: number): number | undefined {
  const stop = /[\\']/g;
  stop.lastIndex = from;
  for (let found = stop.exec(sql); found !== null; found = stop.exec(sql)) {
    if (found[0] === "'" && sql[found.index + 1] !== "'") return found.index + 1;
    stop.lastIndex = found.index + 2;
  }
  return undefined;
}

/** Comments nest. */
function endOfComment(sql: string, from: number): number | undefined {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth = 0;
  for (let found = edge.exec(sql); found !== null; found = edge.exec(sql)) {
    depth += found[0] === '/*' ? 1 : -1;
    if (depth === 0) return edge.lastIndex;
  }
  return undefined;
}
