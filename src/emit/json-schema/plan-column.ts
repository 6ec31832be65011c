import type { Check } from '../../model/check.ts';
import type { JsonBounds } from '../../model/constraint.ts';
import type { Column } from '../../model/column.ts';
import type { Table } from '../../model/table.ts';
import { applyConstraint } from './apply-constraint.ts';
import type { JsonObject } from './json.ts';
import { typeNode, type DefineWords } from './type-node.ts';

export interface PlannedColumn {
  /** Name of the property. */
  readonly key: string;
  readonly isKey: boolean;
  readonly isWritable: boolean;
  /** An insert may omit it. */
  readonly isOptional: boolean;
  /** The schema of the column in a row that was read. */
  readonly read: JsonObject;
  /** The schema of the column in an insert or update. */
  readonly written: JsonObject;
  /** The checks of the table that the schema expresses. */
  readonly expressed: readonly Check[];
}

/** The schema of a column, with the rules of the Zod schemas for optional and nullable columns. */
export function planColumn(
  table: Table,
  column: Column,
  { key, defineWords }: { readonly key: string; readonly defineWords: DefineWords },
): PlannedColumn {
  const { name, type, notNull, doc, serverOnly, generated } = column;
  let node = typeNode(type, defineWords);
  const expressed: Check[] = [];
  for (const check of table.checks) {
    if (check.constraint?.column !== name || check.notEnforced) continue;
    if (check.constraint.kind === 'json') {
      // Size and depth stay in the list of checks.
      node = shaped(node, check.constraint);
      continue;
    }
    const constrained = applyConstraint(node, type, check.constraint);
    if (constrained === undefined) continue;
    node = constrained;
    expressed.push(check);
  }
  const about: JsonObject = {
    ...(doc !== undefined && { description: doc }),
    ...(serverOnly && { 'x-server-only': true }),
  };
  const filled: JsonObject = {
    ...(column.default !== undefined && { 'x-default': column.default }),
  };
  const read = { ...about, ...(notNull ? node : nullable(node)) };
  // A JSON null cannot be written: Drizzle sends it as NULL.
  const isJson = type.kind === 'json' && notNull && node['type'] === undefined;
  return {
    key,
    isKey: table.primaryKey?.columns.includes(name) ?? false,
    isWritable: generated === undefined,
    isOptional: !notNull || column.default !== undefined,
    read,
    written: { ...read, ...(isJson && { not: { type: 'null' } }), ...filled },
    expressed,
  };
}

const shaped = (node: JsonObject, { shape }: JsonBounds): JsonObject =>
  shape === undefined ? node : { ...node, type: shape };

function nullable(node: JsonObject): JsonObject {
  if ('$ref' in node) return { anyOf: [node, { type: 'null' }] };
  const { type, enum: words } = node;
  if (type === undefined) return node;
  return {
    ...node,
    type: [type, 'null'],
    ...(words !== undefined && { enum: [...(words as readonly string[]), null] }),
  };
}
