/** A row-level security policy. */
export interface Policy {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** Set if its SQL has parameters, which drizzle-kit writes as `$1`. */
  readonly hasParameters?: true;
  /** The id of its table. */
  readonly table: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** Database roles, sorted; `public` means all roles. */
  readonly roles: readonly string[];
  /** As SQL. */
  readonly using?: string;
  /** As SQL. */
  readonly withCheck?: string;
}
