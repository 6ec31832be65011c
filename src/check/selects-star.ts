import { withoutTexts } from './sql-names.ts';

/** `select *` or `select t.*`, except in EXISTS, which evaluates no column. */
const STAR =
  /(?<!\bexists\s*\(\s*)\bselect\s+(?:(?:all|distinct)\s+)?(?:[^;()]*,\s*)?(?:(?:"(?:[^"]|"")+"|\w+)\s*\.\s*)*\*(?=\s*(?:,|\bfrom\b|\binto\b|;|\)|$))/i;

/** Whether SQL selects all columns of a table or query. */
export const selectsStar = (sql: string): boolean => STAR.test(withoutTexts(sql));
