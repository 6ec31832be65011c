import type { Operation, TableRules } from '../model/rule.ts';
import {
  needsRead,
  OPERATIONS,
  rulesFor,
  writtenRules,
  type OperationRules,
} from './operation-rules.ts';
import type { Principal } from './simplify-rule.ts';

/** Who may perform the operations on a table. */
export interface TableDescription {
  readonly table: string;
  readonly operations: Readonly<Record<Operation, OperationDescription>>;
  /** Columns that no update may change. */
  readonly immutable: readonly string[];
  /** Columns that no principal may read or write. */
  readonly serverOnly: readonly string[];
}

export interface OperationDescription {
  readonly rules: OperationRules;
  /** Whether the row must also meet `read`. The rules for a principal already include it. */
  readonly needsRead: boolean;
  /** Only for a principal. */
  readonly verdict?: 'always' | 'never' | 'depends';
}

/** Describes the rules of a table, for everyone or for one principal. */
export function describeTable(table: TableRules, principal?: Principal): TableDescription {
  const describe = (operation: Operation): OperationDescription => {
    if (!principal) {
      return { rules: writtenRules(table, operation), needsRead: needsRead(table, operation) };
    }
    const rules = rulesFor(table, operation, principal);
    return { rules, needsRead: false, verdict: verdictOf(rules) };
  };
  return {
    table: table.table,
    operations: Object.fromEntries(
      OPERATIONS.map((operation) => [operation, describe(operation)]),
    ) as Record<Operation, OperationDescription>,
    immutable: table.immutable,
    serverOnly: table.serverOnly ?? [],
  };
}

function verdictOf(rules: OperationRules): 'always' | 'never' | 'depends' {
  const kinds = Object.values(rules).map(({ op }) => op);
  if (kinds.includes('nobody')) return 'never';
  return kinds.every((op) => op === 'anyone') ? 'always' : 'depends';
}
