import { entityKind, type ColumnBaseConfig, type NotNull } from 'drizzle-orm';
import {
  PgTimestamp,
  PgTimestampBuilder,
  type AnyPgTable,
  type PgTimestampBuilderInitial,
} from 'drizzle-orm/pg-core';
import { markBuilder } from './mark.ts';

/** The builder of a nullable {@link instant} column. */
export type Instant<Name extends string> = PgTimestampBuilderInitial<Name>;

// Drizzle parses a timestamp with `new Date(text)`, which reads the year 0001 as 2001
// and fails on the offsets with seconds of old local times. This class handles both.
class InstantColumn extends PgTimestamp<ColumnBaseConfig<'date', 'PgTimestamp'>> {
  static override readonly [entityKind]: string = 'Instant';

  override mapFromDriverValue = (value: Date | string): Date =>
    typeof value === 'string' ? readInstant(value) : value;
}

class InstantBuilder extends PgTimestampBuilder<ColumnBaseConfig<'date', 'PgTimestamp'>> {
  static override readonly [entityKind]: string = 'InstantBuilder';

  // Drizzle's own `build` is marked internal, so the types do not know that this overrides it.
  build(table: AnyPgTable): InstantColumn {
    return new InstantColumn(table as never, this.config as never);
  }
}

/**
 * A moment: `timestamptz(3)`. Three digits match the precision of JavaScript, so a
 * client reads back the millisecond that it wrote.
 *
 * @example
 * const releases = pgTable('releases', { id: id(), shippedAt: instant('shipped_at').notNull() });
 */
export function instant<Name extends string>(name: Name): Instant<Name> {
  // The cast is needed because Drizzle's builder types carry type parameters that the class cannot.
  return new InstantBuilder(name, true, 3) as unknown as Instant<Name>;
}

/**
 * Creation time of the row. The client sets it; the server never fills it in.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), createdAt: createdAt() });
 */
export function createdAt(): NotNull<Instant<'created_at'>> {
  return instant('created_at').notNull();
}

/**
 * Time of the last change of the row. The client sets it; the companion trigger sets
 * it if an UPDATE does not.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), createdAt: createdAt(), updatedAt: updatedAt() });
 */
export function updatedAt(): NotNull<Instant<'updated_at'>> {
  return markBuilder(instant('updated_at').notNull(), 'touched', true);
}

const POSTGRES_INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/;

/** Parses a `timestamptz` as Postgres prints it, alone or inside JSON. */
function readInstant(text: string): Date {
  const match = POSTGRES_INSTANT.exec(text);
  // Values without a four-digit year ("infinity", BC) are parsed as Drizzle parses them.
  if (!match) return new Date(text);
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const milliseconds = Number((match[7] ?? '').padEnd(3, '0'));
  const [offsetHours, offsetMinutes, offsetSeconds] = match
    .slice(9, 12)
    .map((part) => Number(part ?? 0)) as [number, number, number];
  const offset = (offsetHours * 60 + offsetMinutes) * 60 + offsetSeconds;
  const date = new Date(0);
  // Date.UTC is not used, because it reads the years 0 to 99 as 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second - (match[8] === '-' ? -offset : offset), milliseconds);
  return date;
}
