import type { Policy } from '../../model/policy.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';

/** Replaces a policy that is written by hand in the definitions. */
export function printPolicy(policy: Policy): string {
  const { table, command, permissive, roles, using, withCheck } = policy;
  const name = quoteName(policy.name);
  const on = quoteTable(table);
  return `drop policy if exists ${name} on ${on};
${[
  `create policy ${name} on ${on} as ${permissive ? 'permissive' : 'restrictive'} for ${command} to ${roles.map(quoteRole).join(', ')}`,
  ...(using === undefined ? [] : [`using (${using})`]),
  ...(withCheck === undefined ? [] : [`with check (${withCheck})`]),
].join('\n')};`;
}

const SPECIAL = new Set(['public', 'current_user', 'current_role', 'session_user']);

const quoteRole = (role: string): string => (SPECIAL.has(role) ? role : quoteName(role));
