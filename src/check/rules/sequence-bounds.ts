import { aboutColumn } from '../../model/about.ts';
import type { SequenceOptions } from '../../model/sequence.ts';
import { qualifiedName } from '../../model/table-id.ts';
import { defineRule, type LintRule } from '../lint-rule.ts';

export const sequenceBounds: LintRule = defineRule({
  code: 'lint/sequence-bounds',
  severity: 'error',
  presets: ['recommended'],
  title: 'A sequence starts between its minimum and its maximum.',
  why: 'Postgres refuses any other sequence, so the migration fails.',
  inputs: ['definitions'],
  example: {
    bad: `export const orders = pgTable('orders', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity({ startWith: 5000, maxValue: 999 }),
});`,
    good: `export const orders = pgTable('orders', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity({ startWith: 5000, maxValue: 99_999 }),
});`,
    alike: [
      `export const countdown = pgSequence('countdown', { startWith: -5, increment: -1 });
export const orders = pgTable('orders', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity({ startWith: 1000, minValue: 1000 }),
});`,
    ],
  },
  check: ({ tables, sequences }) => [
    ...sequences.filter(isOutside).map((sequence) => ({
      object: qualifiedName(sequence),
      places: [],
      message: `the sequence ${sequence.name} ${starts(sequence)}.`,
      fix: 'correct startWith, minValue or maxValue.',
    })),
    ...tables.flatMap((table) =>
      table.columns.flatMap((column) => {
        const { identity } = column;
        if (identity === undefined || !isOutside(identity)) return [];
        return {
          ...aboutColumn(table, column),
          message: `the identity ${table.exportName}.${column.key} ${starts(identity)}.`,
          fix: 'correct startWith, minValue or maxValue.',
        };
      }),
    ),
  ],
});

const isOutside = ({ start, min, max }: SequenceOptions): boolean =>
  BigInt(start) < BigInt(min) || BigInt(start) > BigInt(max);

const starts = ({ start, min, max }: SequenceOptions): string =>
  `starts with ${start}, which is not between ${min} and ${max}`;
