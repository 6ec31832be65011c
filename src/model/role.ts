/** Attributes of a role, such as BYPASSRLS. */
export interface RolePowers {
  readonly superuser: boolean;
  /** No policy applies to it. */
  readonly bypassRls: boolean;
  readonly replication: boolean;
  readonly login: boolean;
}

/** A database role that the definitions name. */
export interface Role {
  readonly name: string;
  /** Created outside the migrations. */
  readonly existing: boolean;
  readonly createDb: boolean;
  readonly createRole: boolean;
  readonly inherit: boolean;
  /** Absent for definitions: Drizzle does not know them. */
  readonly powers?: RolePowers;
}
