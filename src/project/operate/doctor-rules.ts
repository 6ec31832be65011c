import type { DoctorGroup } from '../../maintain/doctor/doctor-check.ts';

/**
 * The lint rules that `garden doctor` runs, by group: those about what is wrong in a database
 * now. The others are about how a schema is written; `garden validate --database-url` runs them.
 */
export const DOCTOR_RULES: Readonly<Record<string, DoctorGroup>> = {
  'lint/invalid-index': 'integrity',
  'lint/not-valid-constraint': 'integrity',
  'lint/foreign-key-index': 'indexes',
  'lint/policy-column-index': 'indexes',
  'lint/redundant-index': 'indexes',
  'lint/bypassing-role': 'security',
  'lint/definer-search-path': 'security',
  'lint/open-write-policy': 'security',
  'lint/policy-without-condition': 'security',
  'lint/policy-without-rls': 'security',
  'lint/rls-without-policy': 'security',
  'lint/unencrypted-column': 'security',
  'lint/view-security-invoker': 'security',
};

/** Rules about the API of Supabase, for a database with its roles. */
export const SUPABASE_RULES: Readonly<Record<string, DoctorGroup>> = {
  'lint/callable-definer': 'security',
  'lint/exposed-auth-users': 'security',
  'lint/exposed-materialized-view': 'security',
  'lint/exposed-secret': 'security',
  'lint/policy-user-metadata': 'security',
  'lint/rls-disabled': 'security',
};
