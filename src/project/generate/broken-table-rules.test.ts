import { expect, test } from 'vitest';
import { CONFIG, kit, testProject } from '../../cli/generate/project.fixture.ts';

const schema = (column: string): string => `
import { defineAccess, between, exists, id, owner, pgTable, anyone } from ${kit};
import { integer, uuid } from 'drizzle-orm/pg-core';
const { access } = defineAccess();
export const recipes = pgTable('recipes', {
  id: id(), ${column}: integer('minutes').notNull(), ownerId: uuid('owner_id').notNull(),
}, (t) => [
  between(t.minutes, 1, 1440),
  ...access(t, { read: owner(t.ownerId) }),
]).enableRLS();
export const ratings = pgTable('ratings', { id: id(), recipeId: uuid('recipe_id').notNull() }, (t) => [
  ...access(t, { read: exists(() => recipes, { id: t.recipeId }, () => anyone, { rows: 'visible' }) }),
]).enableRLS();
`;

test('a table whose constraints throw is reported, not the rules that refer to it', async () => {
  using project = testProject({ 'drizzle.config.ts': CONFIG, 'schema.ts': schema('minutes') });
  expect(await project.generate(['zero'])).toMatchObject({ code: 0, err: '' });
  project.write({ 'schema.ts': schema('duration') });
  for (const target of [[], ['zero']]) {
    const { code, err } = await project.generate(target);
    expect(code).toBe(1);
    expect(err).toMatch(/^schema\/constraints-throw: .* recipes uses minutes/);
    expect(err).not.toContain('access/no-rules');
  }
});
