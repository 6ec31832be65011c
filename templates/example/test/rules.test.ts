import { newId } from '@techgarden/schema/kit';
import { testDatabase } from '@techgarden/schema/testing';
import { expect, test } from 'vitest';
import { ada, ben, eve } from '../src/db/example-users.ts';
import * as schema from '../src/db/schema.ts';

const { issues, members, organisations } = schema;

test('members share issues, and strangers see nothing', { timeout: 120_000 }, async () => {
  await using database = await testDatabase({ schema, folder: './migrations' });
  await database.isolated(async ({ db, as, attempt }) => {
    const user = <Result>(sub: string, work: () => Promise<Result>): Promise<Result> =>
      as({ role: 'app_user', claims: { sub } }, work);
    const now = new Date();
    const times = { createdAt: now, updatedAt: now };
    const organisationId = newId();
    await user(ada, async () => {
      await db
        .insert(organisations)
        .values({ id: organisationId, name: 'Acme', createdBy: ada, ...times });
      await db
        .insert(members)
        .values([
          { id: newId(), organisationId, userId: ada, name: 'Ada', role: 'admin', createdAt: now },
        ]);
      await db
        .insert(members)
        .values([
          { id: newId(), organisationId, userId: ben, name: 'Ben', role: 'member', createdAt: now },
        ]);
    });
    const issue = (createdBy: string) => ({
      id: newId(),
      organisationId,
      title: 'Write a test',
      status: 'open' as const,
      createdBy,
      ...times,
    });
    await user(ben, () => db.insert(issues).values(issue(ben)));
    expect(await user(ada, () => db.select().from(issues))).toHaveLength(1);
    expect(await user(eve, () => db.select().from(issues))).toEqual([]);
    const refused = await attempt(() => user(eve, () => db.insert(issues).values(issue(eve))));
    expect(refused?.code).toBe('42501');
  });
});
