import { quotedToken } from './quoted-token.ts';

/** An offset in a file, with its line from 1. */
export interface SqlOffset {
  readonly start: number;
  readonly line: number;
}

/** A statement of an SQL file, without its semicolon and leading comments. */
export interface SqlStatement extends SqlOffset {
  readonly text: string;
  /** Set if a string, a quoted name, a body or a comment in it is not closed. */
  readonly unclosed?: true;
}

const STOP = /['"$;\\()]|--|\/\*|\bbegin\s+atomic\b|\bcase\b|\bend\b/gi;
/** Drizzle's migrator splits here, even without a semicolon. */
const BREAKPOINT = '--> statement-breakpoint';
const RULE = /create\s+(?:or\s+replace\s+)?rule\b/iy;
const COPY_IN = /^copy\b[^;]*?\bfrom\s+(?:std|p)in\b/i;
const BACKSLASHES = /^set\s+(?:session\s+)?standard_conforming_strings\s*(?:=|to)\s*'?(off|on)/i;

/**
 * Splits SQL as psql does: at semicolons outside of strings, quoted names, bodies, comments
 * and `BEGIN ATOMIC … END`. Skips the rows of COPY … FROM stdin and the commands of psql.
 * A parenthesis that is never closed does not hide the statements after it.
 */
export function* splitSql(
  sql: string,
  from: SqlOffset = { start: 0, line: 1 },
  onComment: OnComment = () => {},
): Generator<SqlStatement> {
  const lineOf = lineCounter(sql, from);
  let backslashes = false;
  let at = skipBlank(sql, from.start, onComment);
  while (at < sql.length) {
    if (sql[at] === ';') {
      at = skipBlank(sql, at + 1, onComment);
      continue;
    }
    const { end, next, unclosed } = endOfStatement(sql, at, backslashes, onComment);
    const text = sql.slice(at, end).trimEnd();
    if (text !== '') {
      yield { text, start: at, line: lineOf(at), ...(unclosed && { unclosed: true }) };
    }
    backslashes = setting(text) ?? backslashes;
    const hasRows = COPY_IN.test(text) && sql[end] === ';';
    at = skipBlank(sql, hasRows ? endOfRows(sql, next) : next, onComment);
  }
}

/** Whether a statement enables backslash escapes in all strings, as very old dumps do. */
function setting(text: string): boolean | undefined {
  const value = BACKSLASHES.exec(text)?.[1]?.toLowerCase();
  return value === undefined ? undefined : value === 'off';
}

type OnComment = (start: number, end: number) => void;

interface End {
  readonly end: number;
  /** The offset at which the search for the next statement starts. */
  readonly next: number;
  readonly unclosed: boolean;
}

function endOfStatement(
  sql: string,
  start: number,
  backslashes: boolean,
  onComment: OnComment,
): End {
  RULE.lastIndex = start;
  // The only statement with semicolons between parentheses.
  const isRule = RULE.test(sql);
  let parentheses = 0;
  let blocks = 0;
  let unclosed = false;
  STOP.lastIndex = start;
  for (let found = STOP.exec(sql); found !== null; found = STOP.exec(sql)) {
    const { 0: text, index } = found;
    const quoted = quotedToken(sql, index, backslashes);
    if (quoted) {
      unclosed ||= !quoted.closed;
      if (quoted.kind === 'comment') onComment(index, quoted.end);
      if (sql.startsWith(BREAKPOINT, index)) return { end: index, next: quoted.end, unclosed };
      STOP.lastIndex = quoted.end;
    } else if (text === '(') parentheses += 1;
    else if (text === ')') parentheses -= 1;
    else if (text === '\\') return { end: index, next: endOfLine(sql, index), unclosed };
    else if (text === ';') {
      if (blocks > 0 || (isRule && parentheses > 0)) continue;
      return { end: index, next: index + 1, unclosed };
    } else if (/^b/i.test(text)) blocks += 1;
    else if (blocks > 0) blocks += /^c/i.test(text) ? 1 : -1;
  }
  return { end: sql.length, next: sql.length, unclosed };
}

/** Skips white space, comments and the commands of psql. */
function skipBlank(sql: string, from: number, onComment: OnComment): number {
  const blank = /\s*/y;
  let at = from;
  while (true) {
    blank.lastIndex = at;
    blank.exec(sql);
    at = blank.lastIndex;
    if (sql[at] === '\\') at = endOfLine(sql, at);
    else {
      const comment = quotedToken(sql, at);
      if (comment?.kind !== 'comment') return at;
      onComment(at, comment.end);
      at = comment.end;
    }
  }
}

/** The rows of COPY end with a line `\.` or at the end of the file. */
function endOfRows(sql: string, from: number): number {
  const end = /^\\\.\r?$/gm;
  end.lastIndex = from;
  return end.test(sql) ? end.lastIndex : sql.length;
}

function endOfLine(sql: string, from: number): number {
  const end = sql.indexOf('\n', from);
  return end === -1 ? sql.length : end;
}

/** Returns the line of each offset. Offsets must increase. */
function lineCounter(sql: string, from: SqlOffset): (offset: number) => number {
  let { line } = from;
  let next = sql.indexOf('\n', from.start);
  return (offset) => {
    while (next !== -1 && next < offset) {
      line += 1;
      next = sql.indexOf('\n', next + 1);
    }
    return line;
  };
}
