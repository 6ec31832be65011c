import type { Problem } from '../../report/problem.ts';
import type { SettingDefinitions } from '../../zod/settings/define-settings.ts';
import { readSettings, type SettingValues } from '../../zod/settings/read-settings.ts';
import type { StoredSettings } from './settings-store.ts';

/** The values of the settings in this process. */
export interface SettingsCache<Definitions> {
  values(): SettingValues<Definitions>;
  /** The present time of the database, as of the last read. */
  now(): number;
  accept(stored: StoredSettings): void;
  onChange(listener: () => void): () => void;
}

export function settingsCache<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  onProblem: (problem: Problem) => void,
): SettingsCache<Definitions> {
  const listeners = new Set<() => void>();
  let { values } = readSettings(definitions, []);
  let content = '[]';
  let ahead = 0;
  let told: ReadonlySet<string> = new Set();
  return {
    values: () => values,
    now: () => Date.now() + ahead,
    accept({ rows, now }) {
      ahead = now - Date.now();
      const text = JSON.stringify(rows);
      if (text === content) return;
      content = text;
      const read = readSettings(definitions, rows);
      ({ values } = read);
      for (const one of read.problems) if (!told.has(one.message)) onProblem(one);
      told = new Set(read.problems.map(({ message }) => message));
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
