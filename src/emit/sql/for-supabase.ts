import type { Access } from '../../model/access.ts';
import type { AccessRules, ClaimDeclaration } from '../../model/rule.ts';
import type { Schema } from '../../model/schema.ts';

/**
 * A schema as a Supabase project has it: the roles `anon` and `authenticated`, `auth.uid()`, and
 * the claim `roles` in `app_metadata`, which users cannot change. Claims with an explicit path keep
 * it.
 */
export function forSupabase(schema: Schema): Schema {
  const { access } = schema;
  return access === undefined ? schema : { ...schema, access: supabaseAccess(access) };
}

const supabaseAccess = ({ rules, preset }: Access): Access => ({
  rules: preset === 'supabase' ? rules : withAppMetadata(rules),
  preset: 'supabase',
  roles: ['anon', 'authenticated'],
});

const withAppMetadata = ({ claims, tables }: AccessRules): AccessRules => ({
  claims: Object.fromEntries(
    Object.entries(claims).map(([name, claim]): [string, ClaimDeclaration] => [
      name,
      name === 'roles' && claim.path.join('.') === 'roles'
        ? { ...claim, path: ['app_metadata', 'roles'] }
        : claim,
    ]),
  ),
  tables,
});
