export {
  insertSchema,
  selectSchema,
  updateSchema,
  type InsertSchema,
  type RowSchema,
  type SelectSchema,
  type UpdateSchema,
} from './table-schemas.ts';
