import type { FlagSetting } from '../../zod/settings/define-settings.ts';
import type { FlagSubject } from '../../zod/settings/flag.ts';
import type { SettingValue, SettingValues } from '../../zod/settings/read-settings.ts';

/** The keys of the flags. */
type FlagKey<Definitions> = {
  [Key in keyof Definitions]: Definitions[Key] extends FlagSetting ? Key : never;
}[keyof Definitions] &
  string;

/** The settings of a process. Reading them costs no query. */
export interface LiveSettings<Definitions> extends AsyncDisposable {
  get<Key extends keyof Definitions & string>(key: Key): SettingValue<Definitions[Key]>;
  /** All values. The object is replaced when one changes. */
  values(): SettingValues<Definitions>;
  /** Whether a flag is on. Dates are compared with the time of the database. */
  isOn(key: FlagKey<Definitions>, subject?: FlagSubject): boolean;
  /**
   * Stores a value. `by` is recorded: the id of a user, or the name of a job. It runs as the
   * login role, so check first that the user may do it.
   */
  set<Key extends keyof Definitions & string>(
    key: Key,
    value: SettingValue<Definitions[Key]>,
    by: string,
  ): Promise<void>;
  /** Deletes the stored value, so that the default applies. */
  reset(key: keyof Definitions & string, by: string): Promise<void>;
  /** Calls the listener after each change. Returns a function that stops it. */
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}
