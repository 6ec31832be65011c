import { bigserial, pgTable, text } from 'drizzle-orm/pg-core';
import { expect, test } from 'vitest';
import { insertSchema, selectSchema, updateSchema } from '../../src/zod/index.ts';

const notes = pgTable('notes', {
  id: text('id').primaryKey(),
  number: bigserial('number', { mode: 'bigint' }),
});

test('a bigint serial is never NULL, and may be left out', () => {
  for (const schema of [insertSchema(notes), updateSchema(notes), selectSchema(notes)]) {
    expect(schema.shape.number.safeParse(null).success).toBe(false);
    expect(schema.shape.number.safeParse(3n).success).toBe(true);
    expect(schema.shape.number.safeParse(2n ** 63n).success).toBe(false);
  }
  expect(insertSchema(notes).safeParse({ id: 'a' }).success).toBe(true);
  expect(updateSchema(notes).safeParse({}).success).toBe(true);
  expect(selectSchema(notes).safeParse({ id: 'a' }).success).toBe(false);
});
