export { schemasOf, type NarrowingOf, type SchemasOf, type TableSchemas } from './schemas-of.ts';
export {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type Narrowing,
  type RowSchema,
  type SelectSchema,
  type UpdateSchema,
} from './table-schemas.ts';

export { zeroSchemas, type ZeroSchemas, type ZeroTableSchemas } from './zero-schemas.ts';
export type { ZeroInsert, ZeroRow, ZeroTable, ZeroUpdate } from './zero-rows.ts';
