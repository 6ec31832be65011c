import type { AccessRules } from './rule.ts';

/** The access rules of a schema, with the preset and roles that enforce them. */
export interface Access {
  readonly rules: AccessRules;
  readonly preset: 'postgres' | 'supabase';
  /** Database roles that the rules apply to. */
  readonly roles: readonly string[];
}

/** The schema of the functions that policies call. */
export const ACCESS_SCHEMA = 'access';
