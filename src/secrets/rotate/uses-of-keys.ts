import type { AnyDatabase } from '../../postgres/any-database.ts';
import { checkTables } from './check-tables.ts';
import { countUses } from './count-uses.ts';
import type { EncryptedColumn } from './encrypted-columns.ts';

/** How many values of a column use a key. */
export interface KeyUse {
  /** '' for texts that are no ciphertext. */
  readonly id: string;
  readonly column: EncryptedColumn;
  readonly count: number;
}

/** Counts the values of all columns by key, in one snapshot. */
export async function usesOfKeys(
  db: AnyDatabase,
  columns: readonly EncryptedColumn[],
): Promise<readonly KeyUse[]> {
  await checkTables(db, columns);
  return db.transaction(
    async (tx) => {
      const uses: KeyUse[] = [];
      for (const column of columns) {
        for (const [id, count] of await countUses(tx, column)) uses.push({ id, column, count });
      }
      return uses;
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  );
}
