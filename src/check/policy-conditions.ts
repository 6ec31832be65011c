import type { Policy } from '../model/policy.ts';

/** The conditions of a policy, as SQL. */
export const policyConditions = ({ using, withCheck }: Policy): readonly string[] =>
  [using, withCheck].filter((sql) => sql !== undefined);

/** Whether a condition is true for every row. */
export const isTrue = (sql: string | undefined): boolean =>
  sql !== undefined &&
  /^(?:true|1\s*=\s*1|'t(?:rue)?'::bool(?:ean)?)$/i.test(sql.replaceAll(/^[\s(]+|[\s)]+$/g, ''));
