import { entityKind } from 'drizzle-orm';

/**
 * Whether a value is of a class of Drizzle, by the name that Drizzle gives it. Drizzle 1.0 does not
 * export these classes, and a named import of them would fail to link.
 */
export function isKind(value: object, kind: 'PgDatabase' | 'PgTransaction'): boolean {
  let made: unknown = value.constructor;
  while (typeof made === 'function') {
    if (Object.hasOwn(made, entityKind) && Reflect.get(made, entityKind) === kind) return true;
    made = Object.getPrototypeOf(made);
  }
  return false;
}
