import type { KeyRing } from '../../../../secrets/key-ring.ts';
import type { PrincipalServices } from '../../../../services/create-services.ts';
import type { ServiceError } from '../../../../services/service-error.ts';
import type { ServedTables } from '../served-tables.ts';

/** Columns that a new row need not have. */
type Filled = 'id' | 'createdAt' | 'updatedAt';

/** The services of every table, for one principal. */
export type OwnTables = PrincipalServices<ServedTables, Filled>;

/** What the methods of a user need. */
export interface MethodContext {
  readonly tables: OwnTables;
  /** The claim `sub`; undefined for a principal who is not signed in. */
  readonly userId: string | undefined;
  readonly ring: KeyRing | undefined;
}

type Failure = ServiceError['failure'];
export type ServiceOperation = Extract<Failure, { readonly code: 'denied' }>['operation'];
export type ServiceIssue = Extract<Failure, { readonly code: 'invalid' }>['issues'][number];
