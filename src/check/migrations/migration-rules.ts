import { blocksReads } from './blocks-reads.ts';
import { blocksWrites } from './blocks-writes.ts';
import { heldLock } from './held-lock.ts';
import { lostData } from './lost-data.ts';
import { lostIndex } from './lost-index.ts';
import type { MigrationRule } from './migration-rule.ts';
import { newEnumValue } from './new-enum-value.ts';
import { noLockTimeout } from './no-lock-timeout.ts';
import { refusesTransaction } from './refuses-transaction.ts';
import { renamed } from './renamed.ts';
import { requiredColumn } from './required-column.ts';
import { tableRewrite } from './table-rewrite.ts';

/** Every rule about migrations, by code. */
export const migrationRules: readonly MigrationRule[] = [
  blocksReads,
  blocksWrites,
  heldLock,
  lostData,
  lostIndex,
  newEnumValue,
  noLockTimeout,
  refusesTransaction,
  renamed,
  requiredColumn,
  tableRewrite,
];
