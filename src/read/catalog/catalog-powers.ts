import type { RolePowers } from '../../model/role.ts';
import type { CatalogRows } from './catalog-rows.ts';

type Row = Pick<CatalogRows['roles'][number], 'superuser' | 'bypass_rls' | 'replication' | 'login'>;

/** The attributes of a role. */
export const catalogPowers = ({ bypass_rls: bypassRls, ...row }: Row): RolePowers => ({
  ...row,
  bypassRls,
});
