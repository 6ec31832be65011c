import { z } from 'zod/v4';
import { newId } from '../../kit/index.ts';
import type { Problem } from '../../report/problem.ts';
import { settingIssues, type Setting, type SettingDefinitions } from './define-settings.ts';

/** The value of a setting. */
export type SettingValue<S> = S extends Setting<infer Value> ? Value : never;

/** The values of all settings, by key. */
export type SettingValues<Definitions> = {
  readonly [Key in keyof Definitions]: SettingValue<Definitions[Key]>;
};

/** A row of the settings table, as Drizzle and Zero return it. */
export interface SettingRow {
  readonly key: string;
  readonly value: unknown;
  readonly isPublic: boolean;
}

/**
 * The values of settings: those of the rows, and defaults for the others. A row that is not
 * valid is a problem, and its setting has its default. In a browser, pass the synced rows: private
 * settings have their defaults there.
 *
 * @example
 * const flags = defineSettings({ history: flag({ default: { enabled: true }, public: true }) });
 * const { values } = readSettings(flags, []);
 * isFlagOn('history', values.history); // true
 */
export function readSettings<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  rows: readonly SettingRow[],
): { readonly values: SettingValues<Definitions>; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const values: Record<string, unknown> = Object.fromEntries(
    Object.entries(definitions).map(([key, { default: value }]) => [key, value]),
  );
  for (const { key, value, isPublic } of rows) {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    if (!definition) {
      problems.push(unknownKey(key));
      continue;
    }
    const [issue] = settingIssues(definition.schema, value);
    if (issue === undefined) values[key] = z.core.parse(definition.schema, value);
    else problems.push(notValid(key, issue));
    if (isPublic && !definition.public) problems.push(exposed(key));
  }
  // The keys and the types of the values are those of the definitions.
  return { values: Object.freeze(values) as SettingValues<Definitions>, problems };
}

/**
 * A row for each setting with its default, for a seed. Insert them with ON CONFLICT DO NOTHING on
 * the key, so that values that people have set stay.
 *
 * @example
 * const flags = defineSettings({ history: flag({ default: { enabled: true }, public: true }) });
 * const rows = settingRows(flags, new Date());
 */
export const settingRows = (
  definitions: SettingDefinitions,
  at: Date,
): readonly (SettingRow & {
  readonly id: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
})[] =>
  Object.entries(definitions).map(([key, { default: value, public: isPublic }]) => ({
    id: newId(),
    key,
    value,
    isPublic,
    createdAt: at,
    updatedAt: at,
  }));

export const unknownKey = (key: string): Problem => ({
  code: 'settings/unknown',
  message: `there is no setting ${JSON.stringify(key)}.`,
  fix: 'use a key of defineSettings(), or delete the row of a setting that no longer exists.',
});

const notValid = (key: string, issue: string): Problem => ({
  code: 'settings/invalid',
  message: `the stored value of the setting ${key} is not valid, so its default applies: ${issue}.`,
  fix: 'set a value that its schema accepts, or delete the row.',
});

const exposed = (key: string): Problem => ({
  code: 'settings/exposed',
  message: `the setting ${key} is private, but its row is public, so clients can read it.`,
  fix: 'set it again, which stores that it is private.',
});
