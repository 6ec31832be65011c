import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { Constraint } from '../../model/constraint.ts';
import { ProblemError } from '../../report/problem.ts';
import { realColumn } from '../column.ts';
import { objectOf } from '../object-of.ts';
import { readColumnType } from '../read-column-type.ts';

/** Refuses a column of another type, for which the CHECK is an error or always false. */
export function refuseColumn(column: AnyPgColumn, { kind }: Constraint): void {
  if (kind !== 'textItems' && kind !== 'json') return;
  const own = realColumn(column);
  const type = readColumnType(own);
  const fits =
    kind === 'json'
      ? type.kind === 'json' && type.binary
      : type.kind === 'array' && type.of.kind === 'text';
  if (fits) return;
  const { helper, needs, builder } = NEEDS[kind];
  throw new ProblemError({
    code: 'kit/wrong-column',
    message: `${helper}() needs ${needs}; "${column.name}" is ${own.getSQLType()}.`,
    object: objectOf(column),
    fix: `declare it with ${builder(column.name)}.`,
  });
}

const NEEDS = {
  json: {
    helper: 'boundedJson',
    needs: 'a jsonb column',
    builder: (name: string) => `jsonb('${name}')`,
  },
  textItems: {
    helper: 'textItems',
    needs: 'a text array',
    builder: (name: string) => `text('${name}').array()`,
  },
} as const;
