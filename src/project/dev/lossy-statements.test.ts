import { expect, test } from 'vitest';
import { lossyStatements } from './lossy-statements.ts';

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
    { table: '"notes"', column: '"size"' },
  ],
  [
    'ALTER TABLE "notes" ALTER COLUMN "title" SET DATA TYPE varchar(10);',
    { table: '"notes"', column: '"title"' },
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
