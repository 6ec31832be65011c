/** The SQL functions of maintenance, and the role that may call them. */
export interface Maintenance {
  readonly role: string;
}
