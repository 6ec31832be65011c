import type { ForeignKey } from '../../model/foreign-key.ts';
import type { Table } from '../../model/table.ts';
import type { Row } from '../../rows/row.ts';

/** A child and its parent, with statements that insert both. */
export interface Family {
  readonly table: Table;
  readonly key: ForeignKey;
  readonly target: Table;
  readonly parent: Row;
  readonly child: Row;
  readonly statements: readonly string[];
}
