import { ACCESS_SCHEMA } from '../../model/access.ts';
import { claimsRead } from '../../rules/policy-sql.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';
import { emitClaimFunctions } from './emit-claim-functions.ts';
import { emitExistenceFunctions, type AccessSource } from './emit-existence-functions.ts';

/**
 * The roles that policies apply to. Supabase already has its roles. Elsewhere a role
 * belongs to the whole cluster, may exist because of another database, and is never
 * dropped.
 */
export const emitRoles = ({ preset, roles }: AccessSource): readonly CompanionObject[] =>
  preset === 'postgres' ? roles.map(role) : [];

/** The functions that policies call, and their schema. */
export function emitAccess(source: AccessSource): readonly CompanionObject[] {
  const schema = quoteName(ACCESS_SCHEMA);
  const roles = source.roles.map((role) => quoteName(role)).join(', ');
  return [
    {
      key: `schema ${schema}`,
      create: `create schema if not exists ${schema};
--> statement-breakpoint
grant usage on schema ${schema} to ${roles};`,
      drop: '',
    },
    ...emitClaimFunctions(claimsRead(source.rules, source.preset).map(({ type }) => type)),
    ...emitExistenceFunctions(source),
  ];
}

function role(name: string): CompanionObject {
  return {
    key: `role ${quoteName(name)}`,
    create: doBlock(`begin
  if not exists (select from pg_roles where rolname = ${quoteText(name)}) then
    create role ${quoteName(name)} nologin;
  end if;
exception
  -- Another session of the cluster created it at the same time.
  when duplicate_object or unique_violation then null;
end`),
    drop: '',
  };
}
