import type {
  AccessChange,
  AccessDiff,
  AccessExample,
} from '../../../testing/access/diff/diff-access.ts';
import { principalInWords } from './principal-in-words.ts';

/** The compared versions, by the names that the user gave them. */
export interface DiffNames {
  readonly before: string;
  readonly after: string;
}

/** The principals who gain or lose an operation, with an example of each. */
export interface ChangedOperation {
  readonly change: AccessChange['change'];
  readonly table: string;
  /** `read`, or `update of title` if only one column is gained or lost. */
  readonly operation: string;
  readonly principals: readonly { readonly who: string; readonly claims: string }[];
  /** The example's rows as lines. The principals of a group share them. */
  readonly rows: readonly string[];
}

/** Groups the changes by operation and by the rows of their examples, in the order of the diff. */
export function groupChanges({ changes }: AccessDiff): readonly ChangedOperation[] {
  const groups = new Map<string, ChangedOperation>();
  for (const one of changes) {
    const { change, table, principal, example } = one;
    const operation = operationOf(one);
    const rows = exampleLines(one);
    const key = JSON.stringify([table, operation, change, rows]);
    const group = groups.get(key);
    const who = principalInWords(principal, table);
    groups.set(key, {
      change,
      table,
      operation,
      rows,
      principals: [...(group?.principals ?? []), { who, claims: JSON.stringify(example.claims) }],
    });
  }
  return [...groups.values()];
}

const operationOf = ({ operation, column }: AccessChange): string =>
  column === undefined ? operation : `${operation} of ${column}`;

const VERBS = { read: 'reads', insert: 'inserts', update: 'updates', delete: 'deletes' } as const;

function exampleLines({ table, operation, example }: AccessChange): readonly string[] {
  const { row, changes, others }: AccessExample = example;
  const to = changes ? ` to ${JSON.stringify(changes)}` : '';
  return [
    `${VERBS[operation]} ${table} ${JSON.stringify(row)}${to}`,
    ...others.map((other) => `beside ${other.table} ${JSON.stringify(other.row)}`),
  ];
}
