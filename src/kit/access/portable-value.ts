import type { Column } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { ClaimValue, Comparison, Literal, Scalar } from '../../model/rule.ts';
import { ProblemError } from '../../report/problem.ts';
import { placeOf, realColumn } from '../column.ts';
import { objectOf } from '../object-of.ts';
import { markOf } from '../mark.ts';
import type { Claim, ListClaim } from './claims.ts';
import { refuseNoColumn } from './refuse-misuse.ts';

/** Scalars of the column types that compare the same in every enforcer, by Drizzle's `columnType`. */
const SCALARS: Readonly<Record<string, Scalar>> = {
  PgUUID: 'uuid',
  PgText: 'text',
  PgVarchar: 'text',
  PgSmallInt: 'integer',
  PgInteger: 'integer',
  PgBigInt53: 'integer',
  PgSmallSerial: 'integer',
  PgSerial: 'integer',
  PgBigSerial53: 'integer',
  PgBoolean: 'boolean',
  PgTimestamp: 'moment',
  PgEnumColumn: 'enum',
  PgEnumObjectColumn: 'enum',
};

/** The column's scalar, or `undefined` if the enforcers compare its type differently. */
export const scalarOf = (column: Column): Scalar | undefined =>
  isLocalTime(column) ? undefined : SCALARS[column.columnType];

/** A timestamp without time zone. */
const isLocalTime = (column: Column): boolean =>
  column.columnType === 'PgTimestamp' && !(column as { withTimezone?: boolean }).withTimezone;

/** Types that Zero syncs as one value but compares differently from Postgres: only `isNull` is allowed. */
const NULL_ONLY: ReadonlySet<string> = new Set([
  'PgChar',
  'PgBigInt64',
  'PgNumeric',
  'PgNumericNumber',
  'PgNumericBigInt',
  'PgReal',
  'PgDoublePrecision',
  'PgDate',
  'PgDateString',
  'PgTimestampString',
]);

/** Reasons why other types are refused. */
const REASONS: Readonly<Record<string, string>> = {
  PgChar: 'char(n) is padded with spaces in Zero and compared without them in Postgres',
  PgBigInt64: 'a bigint beyond 2^53 is not exact in Zero',
  PgNumeric: 'numeric loses digits in Zero',
  PgReal: 'NaN and the rounding of floats differ between Postgres, Zero and JavaScript',
  PgDoublePrecision: 'NaN and the rounding of floats differ between Postgres, Zero and JavaScript',
  PgJsonb: 'Zero cannot look into json',
  PgJson: 'Zero cannot look into json',
  PgArray: 'Zero cannot look into arrays',
  PgDateString: 'a date is text in Drizzle and a number in Zero',
  PgTimestamp: 'a timestamp without time zone depends on the time zone of the session',
  PgTimestampString: 'one moment has several text forms; mode "date" compares the moment',
};

export function refuse(column: AnyPgColumn, operation: string, why: string, fix: string): never {
  throw new ProblemError({
    code: 'access/not-portable',
    message: `${operation}() on ${placeOf(column)} cannot mean the same in Postgres, Zero and JavaScript: ${why}.`,
    object: objectOf(column),
    fix,
  });
}

/** The scalar that a column is compared as. Refuses columns that the enforcers compare differently. */
export function comparableScalar(
  column: AnyPgColumn,
  operation: string,
  operator: Comparison = '=',
): Scalar {
  refuseNoColumn(column, `${operation}()`);
  const own = realColumn(column);
  const scalar = scalarOf(own);
  if (!scalar) refuseType(column, operation, own);
  refuseServerOnly(column, operation, own);
  if (operator !== '=' && operator !== '!=') {
    if (scalar === 'enum') {
      refuse(
        column,
        operation,
        'Postgres orders an enum by its definition and Zero orders it alphabetically',
        'use eq, ne or inList.',
      );
    }
    if (scalar === 'uuid' || scalar === 'boolean') {
      refuse(column, operation, `a ${scalar} has no order`, 'use eq, ne or inList.');
    }
    if (scalar === 'text' && !own.getSQLType().includes('COLLATE "C"')) {
      refuse(
        column,
        operation,
        'its order depends on the collation',
        "declare it with the kit's sortedText().",
      );
    }
  }
  return scalar;
}

/** Refuses a column that `isNull` cannot test: Zero does not sync it as one value. */
export function refuseUnsynced(column: AnyPgColumn): void {
  refuseNoColumn(column, 'isNull()');
  const own = realColumn(column);
  if (!SCALARS[own.columnType] && !NULL_ONLY.has(own.columnType)) refuseType(column, 'isNull', own);
  refuseServerOnly(column, 'isNull', own);
}

function refuseType(column: AnyPgColumn, operation: string, own: Column): never {
  const reason = REASONS[own.columnType] ?? `${own.getSQLType()} has no counterpart in Zero`;
  refuse(
    column,
    operation,
    reason,
    'use another column, or store the value in a type that Zero can compare.',
  );
}

function refuseServerOnly(column: AnyPgColumn, operation: string, own: Column): void {
  if (!markOf(own, 'serverOnly')) return;
  refuse(
    column,
    operation,
    'it is server-only, so Zero does not have it',
    'use a column that is synced.',
  );
}

/** A literal in the spelling that all enforcers share. */
export function literalOf(
  column: AnyPgColumn,
  operation: string,
  type: Scalar,
  value: unknown,
): Literal {
  const wrong = (expected: string): never =>
    refuse(
      column,
      operation,
      `${JSON.stringify(value) ?? String(value)} is not ${expected}`,
      value === undefined
        ? `give ${expected}, or a claim that is declared in defineAccess({ claims }).`
        : value === null
          ? 'use isNull(…) to test for NULL.'
          : `give ${expected}.`,
    );
  switch (type) {
    case 'uuid':
      if (typeof value !== 'string' || !UUID.test(value)) return wrong('a uuid');
      return { literal: value.toLowerCase(), type };
    case 'text':
      if (typeof value !== 'string') return wrong('text');
      if (value.includes('\0') || !value.isWellFormed()) {
        return wrong('text without NUL characters and lone surrogates');
      }
      return { literal: value, type };
    case 'integer':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return wrong('a whole number');
      return { literal: value + 0, type };
    case 'boolean':
      if (typeof value !== 'boolean') return wrong('true or false');
      return { literal: value, type };
    case 'enum': {
      const labels = realColumn(column).enumValues ?? [];
      if (typeof value !== 'string' || !labels.includes(value)) {
        return wrong(`one of ${labels.map((label) => JSON.stringify(label)).join(', ')}`);
      }
      return { literal: value, type };
    }
    case 'moment':
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return wrong('a valid Date');
      return { literal: value.getTime(), type };
  }
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A claim, after a check that its type matches the column's. */
export function claimValue(
  column: AnyPgColumn,
  operation: string,
  claim: Claim<unknown> | ListClaim<unknown>,
  { type, list }: { readonly type: Scalar; readonly list: boolean },
): ClaimValue {
  if (type === 'enum') {
    refuse(
      column,
      operation,
      'a claim may have a value that is not a label of the enum, which is an error only in Zero',
      'compare it with labels, or store the values in a text column.',
    );
  }
  const wanted = list ? `${type}[]` : type;
  if (claim.declaration.type !== wanted) {
    refuse(
      column,
      operation,
      `the claim "${claim.claim}" is declared as ${claim.declaration.type}, the column needs ${wanted}`,
      `declare the claim as '${wanted}', or compare another column.`,
    );
  }
  return { claim: claim.claim, type };
}
