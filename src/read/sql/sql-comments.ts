import { splitSql } from './split-sql.ts';

/** A comment of SQL text. */
export interface SqlComment {
  /** Without its marks. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** The comments of SQL text, including those inside statements. */
export function sqlComments(sql: string): readonly SqlComment[] {
  const comments: SqlComment[] = [];
  const statements = splitSql(sql, undefined, (start, end) => {
    const isBlock = sql.startsWith('/*', start);
    comments.push({ value: sql.slice(start + 2, isBlock ? end - 2 : end), start, end });
  });
  for (const _ of statements);
  return comments;
}
