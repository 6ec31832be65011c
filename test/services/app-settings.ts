import * as z from 'zod/v4';
import {
  companionSql,
  defineAccess,
  eq,
  pgTable,
  recordSettingChanges,
  role,
  settingChangeColumns,
  settingChangeConstraints,
  settingColumns,
  settingConstraints,
} from '../../src/kit/index.ts';
import { defineSettings, flag, rateLimit, setting } from '../../src/zod/index.ts';

const { access } = defineAccess();

export const settings = pgTable('settings', { ...settingColumns() }, (t) => [
  ...settingConstraints(t),
  ...access(t, { read: eq(t.isPublic, true) }),
]).enableRLS();

export const settingChanges = pgTable('setting_changes', { ...settingChangeColumns() }, (t) => [
  ...settingChangeConstraints(t),
  ...access(t, { read: role('admin') }),
]).enableRLS();

const settingAudit = companionSql(...recordSettingChanges(settings, settingChanges));

export const settingsSchema = { settings, settingChanges, settingAudit };

export const definitions = defineSettings({
  supportEmail: setting(z.email(), { default: 'help@example.org', public: true }),
  model: setting(z.enum(['small', 'large']), { default: 'small' }),
  history: flag({ default: { enabled: true }, public: true }),
  messages: rateLimit({ default: { capacity: 20, refill: 20, per: 60_000 } }),
});
