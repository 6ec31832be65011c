import type { SeedContext } from '@techgarden/schema/config';
import { newId } from '@techgarden/schema/kit';
import { ada, ben } from './src/db/example-users.ts';
import { comments, issues, members, organisations } from './src/db/schema.ts';

/** Fills an empty database. It runs as the owner of the tables, so no rule applies. */
export default async function seed({ db, tell }: SeedContext): Promise<void> {
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const organisationId = newId();
  await db
    .insert(organisations)
    .values({ id: organisationId, name: 'Acme', createdBy: ada, ...times });
  await db.insert(members).values([
    { id: newId(), organisationId, userId: ada, name: 'Ada', role: 'admin', createdAt: now },
    { id: newId(), organisationId, userId: ben, name: 'Ben', role: 'member', createdAt: now },
  ]);
  const issueId = newId();
  await db.insert(issues).values([
    {
      id: issueId,
      organisationId,
      title: 'Write the first rule',
      status: 'open',
      createdBy: ada,
      ...times,
    },
    {
      id: newId(),
      organisationId,
      title: 'Start the stack',
      status: 'done',
      createdBy: ben,
      ...times,
    },
  ]);
  await db
    .insert(comments)
    .values({ id: newId(), issueId, body: 'It is in src/db/schema.ts.', createdBy: ben, ...times });
  tell('one organisation, two members, two issues, one comment');
}
