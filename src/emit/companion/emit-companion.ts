import type { Maintenance } from '../../model/maintenance.ts';
import type { RoleRules } from '../../model/role-rules.ts';
import type { Publication } from '../../model/publication.ts';
import type { Policy } from '../../model/policy.ts';
import type { View } from '../../model/view.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { emitAccess, emitRoles } from './emit-access.ts';
import { emitAppendOnly } from './emit-append-only.ts';
import { emitComments } from './emit-comments.ts';
import type { AccessSource } from './emit-existence-functions.ts';
import { emitExtensionIndexes, type ExtensionNeed } from './emit-extension-indexes.ts';
import { emitExtensions } from './emit-extensions.ts';
import { emitGrants } from './emit-grants.ts';
import { emitMaintenance } from './emit-maintenance.ts';
import { emitPartitions } from './emit-partitions.ts';
import { emitPolicies } from './emit-policies.ts';
import { emitPublication, emitPublicationBefore } from './emit-publication.ts';
import { emitForce, emitRoleRules } from './emit-role-rules.ts';
import { emitRollups } from './emit-rollups.ts';
import { emitSearches } from './emit-searches.ts';
import { emitTouchTriggers } from './emit-touch-triggers.ts';
import { fillRules } from './fill-rules.ts';
import { emitReaders, emitViewGrants } from './emit-view-grants.ts';

/** The inputs of the companion SQL. */
export interface CompanionInput {
  readonly tables: readonly Table[];
  readonly views?: readonly View[];
  readonly extensions: readonly ExtensionNeed[];
  readonly access?: AccessSource;
  /** Rules of further database roles. */
  readonly roleRules?: readonly RoleRules[];
  /** The SQL functions of maintenance. */
  readonly maintenance?: Maintenance;
  /** The policies that drizzle-kit writes. */
  readonly policies?: readonly Policy[];
  readonly publication?: Publication;
  /** Whether doc comments become comments in the database; true by default. */
  readonly comments?: boolean;
  /** Custom statements in the definitions. */
  readonly own?: readonly OwnStatement[];
}

/** A custom statement in the definitions; `drop` is omitted if nothing needs to be undone. */
type OwnStatement = Omit<CompanionObject, 'drop'> & Partial<Pick<CompanionObject, 'drop'>>;

/** Companion SQL runs before drizzle-kit's migration, which may depend on it, and after it. */
export interface Companion {
  readonly before: readonly CompanionObject[];
  readonly after: readonly CompanionObject[];
}

/** All database objects that drizzle-kit does not create, in creation order. */
export function emitCompanion(input: CompanionInput): Companion {
  const {
    tables,
    views = [],
    extensions,
    access,
    roleRules = [],
    maintenance,
    policies = [],
    publication,
    comments = true,
    own = [],
  } = input;
  return {
    before: [
      ...emitExtensions(extensions.map(({ name }) => name)),
      ...(access && policies.length > 0 ? emitRoles(access) : []),
      ...(publication ? emitPublicationBefore(publication) : []),
    ],
    after: [
      ...emitExtensionIndexes(extensions),
      ...emitTouchTriggers(tables),
      ...(access
        ? [
            // The definitions' own policies may name the roles.
            ...(policies.length > 0 ? [] : emitRoles(access)),
            ...emitAccess(access),
            ...emitGrants(tables, access),
            ...emitPolicies(tables, access),
            ...emitSearches(tables, access),
            ...emitViewGrants(views, access),
          ]
        : []),
      ...emitForce(roleRules, access),
      ...emitRoleRules({ tables, views, rules: roleRules }),
      ...emitReaders(views),
      ...emitPartitions(tables),
      ...emitAppendOnly(tables, access?.roles),
      ...emitRollups(tables),
      ...(maintenance
        ? emitMaintenance(tables, maintenance, [
            ...(access?.roles ?? []),
            ...roleRules.map(({ role }) => role),
          ])
        : []),
      ...(comments ? emitComments(tables) : []),
      ...(publication ? emitPublication(publication) : []),
      ...own.map((statement) => ({
        drop: '',
        ...statement,
        create: fillRules(statement.create, access),
      })),
    ],
  };
}
