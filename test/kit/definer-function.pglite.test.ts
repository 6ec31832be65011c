import { expect, test } from 'vitest';
import { blankPostgres } from '../../src/testing/blank-postgres.fixture.ts';
import { kit, madeProject } from './made-project.ts';

const schema = (returns: string, parameter: string): string => `
import { text } from 'drizzle-orm/pg-core';
import { anyone, companionSql, defineAccess, definerFunction, id, mayRead, pgTable } from ${kit};
const { access } = defineAccess();
export const posts = pgTable('posts', { id: id(), title: text('title').notNull() }, (t) => [
  ...access(t, { read: anyone }),
]).enableRLS();
export const search = companionSql(...definerFunction({
  name: 'search_posts',
  parameters: [{ name: '${parameter}', type: 'text' }],
  returns: '${returns}',
  body: \`begin
  return query select p.id from public.posts p where \${mayRead(posts, 'p')};
end\`,
}));
`;

test('a definer function that is created again stays closed to other roles', async () => {
  const client = await blankPostgres();
  try {
    using made = madeProject(client);
    const open = async (): Promise<boolean | undefined> => {
      const { rows } = await client.query<{ open: boolean }>(
        `select exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee = 0) as open
         from pg_proc where proname = 'search_posts'`,
      );
      return rows[0]?.open;
    };
    await made.become(schema('setof uuid', 'words'));
    expect(await open()).toBe(false);
    // Both need a new function.
    await made.become(schema('table (id uuid)', 'words'));
    expect(await open(), 'with another result').toBe(false);
    await made.become(schema('table (id uuid)', 'needle'));
    expect(await open(), 'with another name of its parameter').toBe(false);
  } finally {
    await client.close();
  }
});
