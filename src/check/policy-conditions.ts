import type { Policy } from '../model/policy.ts';

/** The conditions of a policy, as SQL. */
export const policyConditions = ({ using, withCheck }: Policy): readonly string[] =>
  [using, withCheck].filter((sql) => sql !== undefined);
