import type { AnyPgColumn, PgTable } from 'drizzle-orm/pg-core';
import { newId } from '../../kit/index.ts';
import type { NotifiedConnection } from '../../postgres/listen/notified-connection.ts';
import { qualifiedName, quoted } from '../../postgres/qualified-name.ts';
import type { SettingRow } from '../../zod/settings/read-settings.ts';

/** A table with the columns of the kit's `settingColumns()`. */
export type SettingsTable = PgTable &
  Readonly<Record<'id' | 'key' | 'value' | 'isPublic' | 'createdAt' | 'updatedAt', AnyPgColumn>>;

/** The rows of a settings table, and the time of the database in milliseconds. */
export interface StoredSettings {
  readonly rows: readonly SettingRow[];
  readonly now: number;
}

/** Reads and writes a settings table. */
export interface SettingsStore {
  /** Whether policies apply to the role, so that it would read too few rows. */
  isHidden(connection: NotifiedConnection): Promise<boolean>;
  read(connection: NotifiedConnection): Promise<StoredSettings>;
  write(
    connection: NotifiedConnection,
    setting: { readonly key: string; readonly value: unknown; readonly isPublic: boolean },
    by: string,
  ): Promise<void>;
  remove(connection: NotifiedConnection, key: string, by: string): Promise<void>;
}

export function settingsStore(table: SettingsTable): SettingsStore {
  const on = qualifiedName(table);
  const name = (column: keyof SettingsTable): string => quoted((table[column] as AnyPgColumn).name);
  const [id, key, value, isPublic] = [name('id'), name('key'), name('value'), name('isPublic')];
  const [createdAt, updatedAt] = [name('createdAt'), name('updatedAt')];
  // The trigger of recordSettingChanges() reads who it was. The setting ends with the statement.
  const who = `with who as materialized (select set_config('request.jwt.claims', $1::text, true))`;
  const claims = (by: string): string => JSON.stringify({ sub: by });
  return {
    async isHidden(connection) {
      const [row] = await connection.query<{ hidden: boolean }>(
        'select row_security_active($1::text::regclass) as hidden',
        [on],
      );
      return row?.hidden === true;
    },
    async read(connection) {
      const [row] = await connection.query<{ rows: string; now: string }>(
        `select (extract(epoch from clock_timestamp()) * 1000)::text as now, (
  select coalesce(jsonb_agg(jsonb_build_object('key', ${key}, 'value', ${value}, 'isPublic', ${isPublic})), '[]')
  from ${on})::text as rows`,
      );
      return {
        rows: JSON.parse(row?.rows ?? '[]') as readonly SettingRow[],
        now: Number(row?.now),
      };
    },
    async write(connection, setting, by) {
      await connection.query(
        `${who} insert into ${on} as s (${id}, ${key}, ${value}, ${isPublic}, ${createdAt}, ${updatedAt})
select $2::text::uuid, $3::text, $4::text::jsonb, $5::text::boolean, now(), now() from who
on conflict (${key}) do update
set ${value} = excluded.${value}, ${isPublic} = excluded.${isPublic},
  ${updatedAt} = greatest(excluded.${updatedAt}, s.${updatedAt})`,
        [claims(by), newId(), setting.key, JSON.stringify(setting.value), String(setting.isPublic)],
      );
    },
    async remove(connection, removed, by) {
      await connection.query(`${who} delete from ${on} using who where ${key} = $2::text`, [
        claims(by),
        removed,
      ]);
    },
  };
}
