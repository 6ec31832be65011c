import type { SQL } from 'drizzle-orm';
import { check, type AnyPgColumn, type CheckBuilder } from 'drizzle-orm/pg-core';
import { markCheck } from '../mark.ts';
import { houseName } from '../name.ts';
import type { Constraint } from '../../model/constraint.ts';
import { refuseBounds } from './refuse-bounds.ts';

/** A Drizzle CHECK that carries its column and constraint as data. */
export function constraintCheck(
  column: AnyPgColumn,
  constraint: Constraint,
  condition: SQL,
  name: string | undefined,
): CheckBuilder {
  refuseBounds(column, constraint);
  // drizzle-kit writes parameters into a migration as `$1`: inline them.
  const inlined = condition.inlineParams();
  markCheck(inlined, 'constraint', { column: column.name, ...constraint });
  return check(name ?? houseName('check', [column]), inlined);
}
