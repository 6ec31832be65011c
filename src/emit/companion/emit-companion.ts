import type { Publication } from '../../model/publication.ts';
import type { Policy } from '../../model/policy.ts';
import type { View } from '../../model/view.ts';
import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { emitAccess, emitRoles } from './emit-access.ts';
import { emitComments } from './emit-comments.ts';
import type { AccessSource } from './emit-existence-functions.ts';
import { emitExtensionIndexes, type ExtensionNeed } from './emit-extension-indexes.ts';
import { emitExtensions } from './emit-extensions.ts';
import { emitGrants } from './emit-grants.ts';
import { emitPolicies } from './emit-policies.ts';
import { emitPublication, emitPublicationBefore } from './emit-publication.ts';
import { emitTouchTriggers } from './emit-touch-triggers.ts';
import { emitViewGrants } from './emit-view-grants.ts';

/** What the companion SQL is made from. */
export interface CompanionInput {
  readonly tables: readonly Table[];
  readonly views?: readonly View[];
  readonly extensions: readonly ExtensionNeed[];
  readonly access?: AccessSource;
  /** Those that drizzle-kit writes. */
  readonly policies?: readonly Policy[];
  readonly publication?: Publication;
  /** Whether doc comments become comments in the database; they do where it is left out. */
  readonly comments?: boolean;
  /** What the definitions bring of their own. */
  readonly own?: readonly OwnStatement[];
}

/** A statement of the definitions' own; one that needs no undoing names none. */
type OwnStatement = Omit<CompanionObject, 'drop'> & Partial<Pick<CompanionObject, 'drop'>>;

/** The two times at which companion SQL runs: before drizzle-kit's migration, which may need it, and after. */
export interface Companion {
  readonly before: readonly CompanionObject[];
  readonly after: readonly CompanionObject[];
}

/** All that the tables need of the database beyond what drizzle-kit writes, in the order to make it. */
export function emitCompanion(input: CompanionInput): Companion {
  const {
    tables,
    views = [],
    extensions,
    access,
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
            // A policy of the definitions' own may name them.
            ...(policies.length > 0 ? [] : emitRoles(access)),
            ...emitAccess(access),
            ...emitGrants(tables, access),
            ...emitPolicies(tables, access),
            ...emitViewGrants(views, access),
          ]
        : []),
      ...(comments ? emitComments(tables) : []),
      ...(publication ? emitPublication(publication) : []),
      ...own.map((statement) => ({ drop: '', ...statement })),
    ],
  };
}
