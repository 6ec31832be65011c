import type { ForeignKey } from '../../model/foreign-key.ts';
import { quoteName, quoteTable } from '../../model/quote-sql.ts';
import { quoteList } from './quote-list.ts';

/** A foreign key as a table constraint. */
export function printForeignKey(key: ForeignKey): string {
  const { name, columns, references, onDelete, onDeleteColumns, deferrable } = key;
  const only = onDeleteColumns === undefined ? '' : ` (${quoteList(onDeleteColumns)})`;
  return [
    `constraint ${quoteName(name)} foreign key (${quoteList(columns)})`,
    `references ${quoteTable(references.table)} (${quoteList(references.columns)})`,
    ...(key.matchFull ? ['match full'] : []),
    `on delete ${onDelete}${only}`,
    `on update ${writtenAction(key)}`,
    ...(deferrable === undefined ? [] : [`deferrable ${deferrable}`]),
    ...(key.notEnforced ? ['not enforced'] : []),
  ].join(' ');
}

/**
 * ON UPDATE, always written, so that readers see that the key does not change. Postgres does not
 * store whether NO ACTION was written; RESTRICT does the same for a key that is not deferrable.
 */
export const writtenAction = ({ onUpdate, deferrable }: ForeignKey): ForeignKey['onUpdate'] =>
  onUpdate === 'no action' && deferrable === undefined ? 'restrict' : onUpdate;
