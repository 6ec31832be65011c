import { integer, jsonb, text } from 'drizzle-orm/pg-core';
import { expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { boundedJson, id, pgTable, textItems } from '../kit/index.ts';
import { insertSchema, schemasOf, selectSchema } from './index.ts';

const configs = pgTable(
  'configs',
  {
    id: id(),
    size: integer('size').notNull(),
    tags: text('tags').array().notNull(),
    data: jsonb('data').notNull(),
    extra: jsonb('extra'),
  },
  (t) => [
    textItems(t.tags, { maxItems: 3, maxLength: 9 }),
    boundedJson(t.data, { shape: 'object', maxBytes: 100, maxDepth: 2 }),
    // @ts-expect-error a number is not a list of texts.
    textItems(t.size, { maxItems: 3, maxLength: 9 }),
  ],
);
const data = z.object({ version: z.string() });

test('a narrowed column has the type of its Zod schema', () => {
  const insert = insertSchema(configs, { data, extra: data });
  type Row = z.output<typeof insert>;
  expectTypeOf<Row['data']>().toEqualTypeOf<{ version: string }>();
  expectTypeOf<Row['extra']>().toEqualTypeOf<{ version: string } | null | undefined>();
  expectTypeOf<Row['tags']>().toEqualTypeOf<string[]>();
  expectTypeOf<z.output<ReturnType<typeof plain>>['data']>().toBeUnknown();
});
const plain = () => selectSchema(configs);

test('a column that does not exist cannot be narrowed', () => {
  // @ts-expect-error the column is called data.
  insertSchema(configs, { date: data });
});

test('schemasOf narrows the columns of its tables', () => {
  const all = schemasOf({ configs, other: 1 }, { configs: { data } });
  expectTypeOf<z.output<typeof all.configs.select>['data']>().toEqualTypeOf<{ version: string }>();
  expectTypeOf<z.output<typeof all.configs.select>['extra']>().toBeUnknown();
});
