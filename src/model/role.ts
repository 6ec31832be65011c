/** A database role that the definitions name. */
export interface Role {
  readonly name: string;
  /** Created outside the migrations. */
  readonly existing: boolean;
  readonly createDb: boolean;
  readonly createRole: boolean;
  readonly inherit: boolean;
}
