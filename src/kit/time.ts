import { entityKind, type ColumnBaseConfig, type NotNull } from 'drizzle-orm';
import {
  PgTimestamp,
  PgTimestampBuilder,
  type AnyPgTable,
  type PgTimestampBuilderInitial,
} from 'drizzle-orm/pg-core';
import { markBuilder } from './mark.ts';

/** An {@link instant} column before `.notNull()`. */
export type Instant<Name extends string> = PgTimestampBuilderInitial<Name>;

// Drizzle reads a timestamp with `new Date(text)`, which takes the year 0001 for
// 2001 and cannot read the offsets with seconds of old local times. This reads both.
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
 * A moment: `timestamptz(3)`. Three digits, because a client's clock has three:
 * what it writes is what it reads back, to the millisecond.
 *
 * @example
 * const releases = pgTable('releases', { id: id(), shippedAt: instant('shipped_at').notNull() });
 */
export function instant<Name extends string>(name: Name): Instant<Name> {
  // The cast stands at Drizzle's border: its builder types carry what the class cannot.
  return new InstantBuilder(name, true, 3) as unknown as Instant<Name>;
}

/**
 * When the client made the row. Set by the client; the server never fills it in.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), createdAt: createdAt() });
 */
export function createdAt(): NotNull<Instant<'created_at'>> {
  return instant('created_at').notNull();
}

/**
 * When the row last changed. Set by the client; the companion trigger sets it
 * where an UPDATE forgot to.
 *
 * @example
 * const notes = pgTable('notes', { id: id(), createdAt: createdAt(), updatedAt: updatedAt() });
 */
export function updatedAt(): NotNull<Instant<'updated_at'>> {
  return markBuilder(instant('updated_at').notNull(), 'touched', true);
}

const POSTGRES_INSTANT =
  /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,3})\d*)?([+-])(\d\d)(?::?(\d\d))?(?::?(\d\d))?$/;

/** A `timestamptz` as Postgres writes it, alone or inside JSON. */
function readInstant(text: string): Date {
  const match = POSTGRES_INSTANT.exec(text);
  // What it cannot say in four digits ("infinity", BC) stays what it is to Drizzle.
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
  // Not Date.UTC: it takes the years 0 to 99 for 1900 to 1999.
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second - (match[8] === '-' ? -offset : offset), milliseconds);
  return date;
}
