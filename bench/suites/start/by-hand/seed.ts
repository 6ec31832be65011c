import { drizzle } from 'drizzle-orm/postgres-js';
import type { Sql } from 'postgres';
import { uuidv7 } from 'uuidv7';
import { comments, issues, members, organisations } from './src/schema.ts';
import { users } from './src/users.ts';

export async function seed(sql: Sql): Promise<void> {
  const db = drizzle(sql);
  if ((await db.select().from(organisations).limit(1)).length > 0) return;
  const now = new Date();
  const times = { createdAt: now, updatedAt: now };
  const [organisationId, issueId] = [uuidv7(), uuidv7()];
  const { Ada, Ben } = users;
  await db
    .insert(organisations)
    .values({ id: organisationId, name: 'Acme', createdBy: Ada, ...times });
  await db.insert(members).values([
    { id: uuidv7(), organisationId, userId: Ada, name: 'Ada', role: 'admin', createdAt: now },
    { id: uuidv7(), organisationId, userId: Ben, name: 'Ben', role: 'member', createdAt: now },
  ]);
  const issue = { organisationId, createdBy: Ada, ...times };
  await db.insert(issues).values([
    { ...issue, id: issueId, title: 'Write the first rule', status: 'open' },
    { ...issue, id: uuidv7(), title: 'Start the stack', status: 'done' },
  ]);
  await db
    .insert(comments)
    .values({ id: uuidv7(), issueId, body: 'It is in src/queries.ts.', createdBy: Ben, ...times });
}
