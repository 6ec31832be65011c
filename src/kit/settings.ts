import { getTableColumns, getTableName, type NotNull } from 'drizzle-orm';
import {
  boolean,
  jsonb,
  text,
  type AnyPgColumn,
  type CheckBuilder,
  type ExtraConfigColumn,
  type IndexBuilder,
  type PgBooleanBuilderInitial,
  type PgJsonbBuilderInitial,
  type PgTable,
  type PgTextBuilderInitial,
  type UniqueConstraintBuilder,
} from 'drizzle-orm/pg-core';
import type { CompanionStatement } from '../model/companion-statement.ts';
import { definerClauses, executeOnly } from '../model/definer-sql.ts';
import { quoteBody, quoteName, quoteText } from '../model/quote-sql.ts';
import { appendOnly } from './append-only.ts';
import { boundedJson } from './constraint/bounded-json.ts';
import { matches } from './constraint/text-constraints.ts';
import { id } from './id.ts';
import { descending, indexOn, uniqueOn } from './index-on.ts';
import { schemaNameOf } from './object-of.ts';
import { sortedText, type SortedText } from './sorted-text.ts';
import { createdAt, instant, updatedAt, type Instant } from './time.ts';

/** The columns of a table of settings: one row per key. A setting without a row has its default. */
export interface SettingColumns {
  readonly id: ReturnType<typeof id>;
  readonly key: NotNull<SortedText<'key'>>;
  readonly value: NotNull<PgJsonbBuilderInitial<'value'>>;
  /** Whether clients may read it. `openSettings()` sets it from the definition of the setting. */
  readonly isPublic: NotNull<PgBooleanBuilderInitial<'is_public'>>;
  readonly createdAt: NotNull<Instant<'created_at'>>;
  readonly updatedAt: NotNull<Instant<'updated_at'>>;
}

/**
 * The columns of a table for the settings of `defineSettings()`. Public rows sync to clients if
 * the table's rule is `read: eq(t.isPublic, true)`. Private rows then never leave the server.
 *
 * @example
 * const { access } = defineAccess();
 * const settings = pgTable('settings', { ...settingColumns() }, (t) => [
 *   ...settingConstraints(t),
 *   ...access(t, { read: eq(t.isPublic, true) }),
 * ]).enableRLS();
 */
export function settingColumns(): SettingColumns {
  return {
    id: id(),
    key: sortedText('key').notNull(),
    value: jsonb('value').notNull(),
    isPublic: boolean('is_public').notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  };
}

/** The constraints of the columns of {@link settingColumns}. */
export function settingConstraints(
  columns: Readonly<Record<'key' | 'value', AnyPgColumn>>,
): readonly (UniqueConstraintBuilder | CheckBuilder)[] {
  return [
    uniqueOn(columns.key),
    matches(columns.key as never, /^[a-z][a-zA-Z0-9_.]*$/, { max: 100 }),
    boundedJson(columns.value, { maxBytes: 65_536, maxDepth: 16 }),
  ];
}

type Text<Name extends string> = PgTextBuilderInitial<Name, [string, ...string[]]>;

/** The columns of a table of changes of settings. */
export interface SettingChangeColumns {
  readonly id: ReturnType<typeof id>;
  readonly key: NotNull<SortedText<'key'>>;
  /** NULL: the setting had no row. */
  readonly before: PgJsonbBuilderInitial<'before'>;
  /** NULL: the row was deleted. */
  readonly after: PgJsonbBuilderInitial<'after'>;
  readonly isPublic: NotNull<PgBooleanBuilderInitial<'is_public'>>;
  /** The claim `sub`, or the database user if there are no claims. */
  readonly changedBy: NotNull<Text<'changed_by'>>;
  readonly changedAt: NotNull<Instant<'changed_at'>>;
}

/**
 * The columns of a table that keeps who changed which setting, and when. The trigger of
 * {@link recordSettingChanges} fills it.
 *
 * @example
 * const settingChanges = pgTable('setting_changes', { ...settingChangeColumns() }, (t) => [
 *   ...settingChangeConstraints(t),
 * ]);
 */
export function settingChangeColumns(): SettingChangeColumns {
  return {
    id: id(),
    key: sortedText('key').notNull(),
    before: jsonb('before'),
    after: jsonb('after'),
    isPublic: boolean('is_public').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  };
}

/** Makes the table append-only, and adds the index for the history of one setting. */
export function settingChangeConstraints(
  columns: Readonly<Record<'key' | 'changedAt', AnyPgColumn>>,
): readonly IndexBuilder[] {
  appendOnly(columns);
  return [indexOn(columns.key, descending(columns.changedAt as unknown as ExtraConfigColumn))];
}

/** The channel that the trigger notifies. Its messages name the table, never a value. */
export const SETTINGS_CHANNEL = 'garden_settings';

/**
 * The trigger that records each change of a setting, whoever makes it, and tells the processes
 * that listen.
 *
 * @example
 * const settings = pgTable('settings', { ...settingColumns() });
 * const settingChanges = pgTable('setting_changes', { ...settingChangeColumns() });
 * export const settingAudit = companionSql(...recordSettingChanges(settings, settingChanges));
 */
export function recordSettingChanges(
  settings: PgTable,
  changes: PgTable,
): readonly CompanionStatement[] {
  const on = tableName(settings);
  const name = quoteName(schemaNameOf(settings), `record_${getTableName(settings)}_change`);
  const trigger = quoteName('record_setting_change');
  const columns: Readonly<Record<string, AnyPgColumn>> = getTableColumns(changes);
  const into = ['id', 'key', 'before', 'after', 'isPublic', 'changedBy', 'changedAt']
    .map((column) => quoteName(columns[column]?.name ?? column))
    .join(', ');
  const body = `begin
  insert into ${tableName(changes)} (${into})
  values (gen_random_uuid(), coalesce(new.key, old.key), old.value, new.value,
    coalesce(new.is_public, old.is_public),
    coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub', session_user::text),
    clock_timestamp());
  perform pg_notify(${quoteText(SETTINGS_CHANNEL)}, ${quoteText(settingsTableName(settings))});
  return null;
end`;
  return [
    {
      key: `function ${name}()`,
      create: `create or replace function ${name}() returns trigger
${definerClauses()}
as ${quoteBody(body)};
--> statement-breakpoint
${executeOnly(`${name}()`)}`,
      drop: `drop function if exists ${name}();`,
    },
    {
      key: `trigger ${on} ${trigger}`,
      create: `create or replace trigger ${trigger} after insert or update or delete on ${on}
for each row execute function ${name}();`,
      drop: `drop trigger if exists ${trigger} on ${on};`,
      on,
    },
  ];
}

const tableName = (table: PgTable): string => quoteName(schemaNameOf(table), getTableName(table));

/** The table in the messages of the channel. */
export const settingsTableName = (table: PgTable): string =>
  `${schemaNameOf(table)}.${getTableName(table)}`;
