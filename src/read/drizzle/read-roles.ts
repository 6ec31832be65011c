import { is } from 'drizzle-orm';
import { PgRole } from 'drizzle-orm/pg-core';
import type { Role } from '../../model/role.ts';
import { compareText } from '../../model/compare-text.ts';

/** The database roles among a schema's exports. */
export function readRoles(exported: readonly unknown[]): readonly Role[] {
  return exported
    .filter((value) => is(value, PgRole))
    .map((role): Role => {
      // Drizzle stores them in fields that its types do not declare.
      const { _existing, createDb, createRole, inherit } = role as unknown as RoleFields;
      return {
        name: role.name,
        existing: _existing ?? false,
        createDb: createDb ?? false,
        createRole: createRole ?? false,
        inherit: inherit ?? true,
      };
    })
    .sort((a, b) => compareText(a.name, b.name));
}

interface RoleFields {
  readonly _existing?: boolean;
  readonly createDb?: boolean;
  readonly createRole?: boolean;
  readonly inherit?: boolean;
}
