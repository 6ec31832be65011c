import type { Schema } from '../../model/schema.ts';
import { qualifiedName, splitTableId } from '../../model/table-id.ts';
import { listTable } from './list-table.ts';
import type { SchemaObject } from './schema-object.ts';

/** All objects of a schema, flat. */
export function listObjects(schema: Schema): readonly SchemaObject[] {
  return [
    ...schema.tables.flatMap(listTable),
    ...schema.policies.map((policy): SchemaObject => {
      const { table, name, using, withCheck, command, permissive, roles } = policy;
      const owner = splitTableId(table);
      return {
        kind: 'policy',
        object: qualifiedName(owner, name),
        within: qualifiedName(owner),
        properties: { command, permissive, roles },
        sql: { using, withCheck },
      };
    }),
    ...schema.views.map((view): SchemaObject => {
      const { materialized, sql } = view;
      return {
        kind: 'view',
        object: qualifiedName(view),
        properties: { materialized, with: view.with },
        sql: { sql },
      };
    }),
    ...schema.enums.map((one): SchemaObject => ({
      kind: 'enum',
      object: qualifiedName(one),
      properties: { values: one.values },
    })),
    ...schema.sequences.map(({ name, schema: space, ...properties }): SchemaObject => {
      return {
        kind: 'sequence',
        object: qualifiedName({ schema: space, name }),
        properties: { ...properties },
      };
    }),
    ...schema.extensions.map(({ name }): SchemaObject => ({
      kind: 'extension',
      object: name,
      properties: {},
    })),
    ...schema.roles.map(({ name, existing, createDb, createRole, inherit }): SchemaObject => {
      const properties = existing ? {} : { createDb, createRole, inherit };
      return { kind: 'role', object: name, properties };
    }),
  ];
}
