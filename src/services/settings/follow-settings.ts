import process from 'node:process';
import { SETTINGS_CHANNEL, settingsTableName } from '../../kit/settings.ts';
import { connectionFailure } from '../../postgres/connection-failure.ts';
import { inTime } from '../../postgres/in-time.ts';
import type { NotifiedConnection } from '../../postgres/listen/notified-connection.ts';
import { pgliteListener, type ListeningPglite } from '../../postgres/listen/pglite-listener.ts';
import { postgresListener } from '../../postgres/listen/postgres-listener.ts';
import { ProblemError, type Problem } from '../../report/problem.ts';
import { ServiceError } from '../service-error.ts';
import { settingIssues, type SettingDefinitions } from '../../zod/settings/define-settings.ts';
import { isFlagOn, type FlagValue } from '../../zod/settings/flag.ts';
import { keepConnected, type KeptConnection } from './keep-connected.ts';
import type { LiveSettings } from './live-settings.ts';
import { unknownKey } from '../../zod/settings/read-settings.ts';
import { settingsCache } from './settings-cache.ts';
import { hiddenSettings, settingsProblem } from './settings-problem.ts';
import { settingsStore, type SettingsTable } from './settings-store.ts';
import { singleFlight } from './single-flight.ts';

export interface OpenSettingsOptions {
  /** The table with `settingColumns()`. */
  readonly table: SettingsTable;
  /**
   * The URL of the database, with a login role to which no policy applies; or an embedded
   * Postgres. Behind a pooler in transaction mode, use the direct address of the server.
   */
  readonly database: string | ListeningPglite;
  /** Told about invalid rows and lost connections, each once. Default: a warning of the process. */
  readonly onProblem?: (problem: Problem) => void;
  /**
   * Milliseconds after which the rows are read again, in case a notification was lost. Default:
   * 30,000.
   */
  readonly refresh?: number;
}

/** Milliseconds that a read may take before the connection counts as lost. */
const PATIENCE = 5_000;

/** Reads the settings, and keeps them up to date until they are closed. */
export async function followSettings<Definitions extends SettingDefinitions>(
  definitions: Definitions,
  options: OpenSettingsOptions,
): Promise<LiveSettings<Definitions>> {
  const { table, database, onProblem = warn, refresh = 30_000 } = options;
  const store = settingsStore(table);
  const name = settingsTableName(table);
  const cache = settingsCache(definitions, onProblem);
  const listener =
    typeof database === 'string'
      ? postgresListener(database, 'garden settings')
      : pgliteListener(database);
  const failure = (error: unknown): unknown =>
    settingsProblem(error, name) ?? connectionFailure(error, listener.place);

  let present: NotifiedConnection | undefined;
  let kept: KeptConnection | undefined;
  const read = async (connection: NotifiedConnection): Promise<void> =>
    cache.accept(await inTime(store.read(connection), PATIENCE, late));
  const reload = singleFlight(async () => {
    const connection = present;
    if (!connection) return;
    // A connection that does not answer is lost, even if its socket is open.
    await read(connection).catch(() => kept?.replace(connection));
  });
  try {
    kept = await keepConnected(listener, SETTINGS_CHANNEL, {
      notified(payload) {
        if (payload === name) void reload();
      },
      async opened(connection) {
        // Not by `set row_security = off`, which would stay on a connection of a pooler.
        if (await store.isHidden(connection)) throw hiddenSettings(name);
        present = connection;
        await read(connection);
      },
      lost() {
        present = undefined;
        onProblem(lost(listener.place));
      },
    });
  } catch (error) {
    throw failure(error);
  }
  const timer = setInterval(() => void reload(), refresh);
  timer.unref();
  const write = async (run: (connection: NotifiedConnection) => Promise<void>): Promise<void> => {
    if (!present) throw new ProblemError(lost(listener.place));
    try {
      await run(present);
    } catch (error) {
      throw failure(error);
    }
    await reload();
  };
  const definitionOf = (key: string): SettingDefinitions[string] => {
    const definition = Object.hasOwn(definitions, key) ? definitions[key] : undefined;
    if (!definition) throw new ProblemError(unknownKey(key));
    return definition;
  };
  const close = async (): Promise<void> => {
    clearInterval(timer);
    await kept.close();
  };
  return {
    get(key) {
      definitionOf(key);
      return cache.values()[key];
    },
    values: cache.values,
    isOn(key, subject = {}) {
      definitionOf(key);
      return isFlagOn(key, cache.values()[key] as FlagValue, { now: cache.now(), ...subject });
    },
    async set(key, value, by) {
      const { schema, public: isPublic } = definitionOf(key);
      const issues = settingIssues(schema, value).map((message) => ({ path: [key], message }));
      if (issues.length > 0) throw new ServiceError({ code: 'invalid', table: name, issues });
      await write((connection) => store.write(connection, { key, value, isPublic }, by));
    },
    async reset(key, by) {
      definitionOf(key);
      await write((connection) => store.remove(connection, key, by));
    },
    onChange: cache.onChange,
    close,
    [Symbol.asyncDispose]: close,
  };
}

const late = (): Error => Object.assign(new Error('no answer'), { code: 'CONNECTION_CLOSED' });

const lost = (place: string): Problem => ({
  code: 'settings/connection-lost',
  message: `the connection to ${place} that receives changes of settings is lost; the last known values apply.`,
  fix: 'nothing, if the database restarts: the connection is opened again.',
});

const warn = ({ code, message, fix }: Problem): void =>
  process.emitWarning(`${message} Fix: ${fix}`, { type: 'SettingsWarning', code });
