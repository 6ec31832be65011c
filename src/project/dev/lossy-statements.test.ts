import { expect, test } from 'vitest';
import { isWider, lossyStatements } from './lossy-statements.ts';

test.each([
  ['DROP TABLE "notes" CASCADE;', { table: '"notes"' }],
  ['DROP TABLE "app"."no""tes" CASCADE;', { table: '"app"."no""tes"' }],
  ['ALTER TABLE "notes" DROP COLUMN "title";', { table: '"notes"', column: '"title"' }],
  [
    'ALTER TABLE "app"."notes" DROP COLUMN IF EXISTS "title";',
    { table: '"app"."notes"', column: '"title"' },
  ],
  [
    'ALTER TABLE "notes" ALTER COLUMN "size" SET DATA TYPE integer USING "size"::integer;',
    { table: '"notes"', column: '"size"', type: 'integer' },
  ],
  [
    'ALTER TABLE "notes" ALTER COLUMN "title" SET DATA TYPE varchar(10);',
    { table: '"notes"', column: '"title"', type: 'varchar(10)' },
  ],
  [
    'ALTER TABLE "notes" ALTER COLUMN "at" SET DATA TYPE timestamp (3) with time zone',
    { table: '"notes"', column: '"at"', type: 'timestamp (3) with time zone' },
  ],
])('%s may lose data', (text, found) => {
  expect(lossyStatements([text])).toEqual([{ text, ...found }]);
});

test.each([
  'ALTER TABLE "notes" ADD COLUMN "title" text;',
  'ALTER TABLE "notes" ALTER COLUMN "title" DROP NOT NULL;',
  'ALTER TABLE "notes" ALTER COLUMN "title" SET DATA TYPE text;',
  'ALTER TABLE "notes" ALTER COLUMN "state" SET DATA TYPE "public"."state" USING "state"::"public"."state";',
  'ALTER TABLE "notes" DROP CONSTRAINT "notes_title_check";',
  'DROP POLICY "read" ON "notes";',
  'DROP TRIGGER "a" ON "notes";',
  'DROP INDEX "notes_title_index";',
])('%s loses none', (text) => {
  expect(lossyStatements([text])).toEqual([]);
});

test.each([
  ['integer', 'integer', true],
  ['integer', 'bigint', true],
  ['bigint', 'integer', false],
  ['smallint', 'numeric', true],
  ['integer', 'numeric(4, 2)', false],
  ['real', 'double precision', true],
  ['character varying(10)', 'varchar(20)', true],
  ['character varying(20)', 'varchar(10)', false],
  ['character varying(20)', 'varchar', true],
  ['character varying', 'varchar(10)', false],
  ['text', 'integer', false],
])('%s fits into %s: %s', (from, to, fits) => {
  expect(isWider(from, to)).toBe(fits);
});
