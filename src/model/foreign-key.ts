import type { Deferrable } from './deferrable.ts';

/** A foreign key. */
export interface ForeignKey {
  readonly name: string;
  /** Its name in the definitions, if that is longer than Postgres's limit of 63 bytes. */
  readonly cutFrom?: string;
  /** The columns, by their names in SQL. */
  readonly columns: readonly string[];
  readonly references: {
    /** The id of the referenced table. */
    readonly table: string;
    /** The referenced columns, in the order of `columns`. */
    readonly columns: readonly string[];
  };
  readonly onUpdate: ReferentialAction;
  readonly onDelete: ReferentialAction;
  /**
   * The columns that ON DELETE SET NULL or SET DEFAULT sets. Absent if it sets all columns
   * of the key.
   */
  readonly onDeleteColumns?: readonly string[];
  readonly matchFull?: true;
  readonly deferrable?: Deferrable;
  /** NOT VALID: existing rows are not checked. */
  readonly notValid?: true;
  /** Postgres 18: NOT ENFORCED. */
  readonly notEnforced?: true;
}

type ReferentialAction = 'no action' | 'restrict' | 'cascade' | 'set null' | 'set default';
