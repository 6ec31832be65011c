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

export {
  defineSettings,
  flag,
  maintenance,
  rateLimit,
  setting,
  type FlagSetting,
  type MaintenanceValue,
  type RateLimitValue,
  type Setting,
  type SettingDefinitions,
} from './settings/define-settings.ts';
export { isFlagOn, type FlagSubject, type FlagValue } from './settings/flag.ts';
export {
  readSettings,
  settingRows,
  type SettingRow,
  type SettingValue,
  type SettingValues,
} from './settings/read-settings.ts';
export { zeroSchemas, type ZeroSchemas, type ZeroTableSchemas } from './zero-schemas.ts';
export type { ZeroInsert, ZeroRow, ZeroTable, ZeroUpdate } from './zero-rows.ts';
