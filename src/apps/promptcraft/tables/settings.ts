import {
  companionSql,
  eq,
  or,
  pgTable,
  recordSettingChanges,
  role,
  settingChangeColumns,
  settingChangeConstraints,
  settingColumns,
  settingConstraints,
} from '../../../kit/index.ts';
import { access } from '../access.ts';

/** Settings of the application: feature flags, rate limits, maintenance. Public ones sync. */
export const settings = pgTable('settings', { ...settingColumns() }, (t) => [
  ...settingConstraints(t),
  ...access(t, {
    read: or(eq(t.isPublic, true), role('admin')),
    insert: role('admin'),
    update: role('admin'),
    delete: role('admin'),
    immutable: [t.key, t.isPublic, t.createdAt],
  }),
]).enableRLS();

/** Who changed which setting, and when. A trigger writes it. */
export const settingChanges = pgTable('setting_changes', { ...settingChangeColumns() }, (t) => [
  ...settingChangeConstraints(t),
  ...access(t, { read: role('admin') }),
]).enableRLS();

export const settingAudit = /* @__PURE__ */ companionSql(
  ...recordSettingChanges(settings, settingChanges),
);

export type AppSetting = typeof settings.$inferSelect;
export type NewAppSetting = typeof settings.$inferInsert;
export type SettingChange = typeof settingChanges.$inferSelect;
