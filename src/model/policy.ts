/** A row-level security policy. */
export interface Policy {
  readonly name: string;
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
