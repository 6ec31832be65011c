import type { AccessRules } from './rule.ts';

/** The access rules of a schema, and what they are enforced with. */
export interface Access {
  readonly rules: AccessRules;
  readonly preset: 'postgres' | 'supabase';
  /** The database roles that they apply to. */
  readonly roles: readonly string[];
}
