import type { SettingDefinitions } from '../../zod/settings/define-settings.ts';
import type { OpenSettingsOptions } from './follow-settings.ts';
import type { LiveSettings } from './live-settings.ts';

/**
 * Reads the settings, and keeps them up to date: a change in any process arrives by LISTEN. After
 * a lost connection, they are read again.
 *
 * @example
 * const settings = pgTable('settings', { ...settingColumns() });
 * const flags = defineSettings({ history: flag({ default: { enabled: true } }) });
 * const url = 'postgres://login@localhost/app';
 * await using live = await openSettings(flags, { table: settings, database: url });
 * if (live.isOn('history')) await live.set('history', { enabled: false }, 'ada@example.org');
 */
export async function openSettings<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  options: OpenSettingsOptions,
): Promise<LiveSettings<Definitions>> {
  // Loaded here, because importing it fails with an old Zod.
  const { followSettings } = await import('./follow-settings.ts');
  return followSettings(definitions, options);
}
