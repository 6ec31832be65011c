import { plain } from './sql-names.ts';

const NAME = String.raw`(?:(?:"(?:[^"]|"")+"|[a-z_]\w*)\s*\.\s*)*("(?:[^"]|"")+"|[a-z_]\w*)`;
const CAST = String.raw`(?:\s*\)|\s*::\s*[\w" .]+?(?:\(\d+\))?(?:\[\])?)*`;
/** A subquery, or a call. */
const USER = String.raw`(?:§|[a-z_][\w.]*\s*\()`;
const COLUMN_FIRST = new RegExp(
  String.raw`(?<![\w."])${NAME}${CAST}\s*(?:=|\bin\b)\s*(?:any\s*)?[\s(]*${USER}`,
  'gi',
);
const USER_FIRST = new RegExp(String.raw`§${CAST}\s*=\s*\(*\s*${NAME}(?!\s*[.(\w])`, 'gi');

/**
 * The names in a policy's condition that are compared for equality with a value of the session:
 * `owner_id = (select auth.uid())`. Names in subqueries are left out, because they belong to other
 * tables.
 */
export function comparedNames(sql: string): readonly string[] {
  const text = withoutSubqueries(sql.replaceAll(/'(?:[^']|'')*'/g, "''"));
  const found = [COLUMN_FIRST, USER_FIRST].flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, name = '']) => plain(name)),
  );
  return [...new Set(found)];
}

/** Replaces each `(select …)` by one character. */
function withoutSubqueries(sql: string): string {
  let text = '';
  let depth = 0;
  for (let at = 0; at < sql.length; at += 1) {
    const character = sql[at] ?? '';
    if (depth > 0) {
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
    } else if (character === '(' && /^\(\s*select\b/i.test(sql.slice(at))) {
      text += '§';
      depth = 1;
    } else text += character;
  }
  return text;
}
