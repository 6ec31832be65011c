export { schemasOf, type SchemasOf, type TableSchemas } from './schemas-of.ts';
export {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type RowSchema,
  type SelectSchema,
  type UpdateSchema,
} from './table-schemas.ts';
