import type { Table } from '../../model/table.ts';
import type { CompanionObject } from './companion-object.ts';
import { emitAccess } from './emit-access.ts';
import { emitComments } from './emit-comments.ts';
import type { AccessSource } from './emit-existence-functions.ts';
import { emitExtensions } from './emit-extensions.ts';
import { emitGrants } from './emit-grants.ts';
import { emitTouchTriggers } from './emit-touch-triggers.ts';

/** What the companion SQL is made from. */
export interface CompanionInput {
  readonly tables: readonly Table[];
  readonly extensions: readonly string[];
  readonly access?: AccessSource;
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
export function emitCompanion({ tables, extensions, access, own = [] }: CompanionInput): Companion {
  return {
    before: [...emitExtensions(extensions), ...(access ? emitAccess(access) : [])],
    after: [
      ...emitTouchTriggers(tables),
      ...(access ? emitGrants(tables, access) : []),
      ...emitComments(tables),
      ...own.map((statement) => ({ drop: '', ...statement })),
    ],
  };
}
