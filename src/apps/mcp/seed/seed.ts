import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { categories } from '../tables/categories.ts';
import { packages } from '../tables/packages.ts';
import { users } from '../tables/users.ts';
import { ADA, BEN } from './example-users.ts';

const id = (number: number): string =>
  `00000000-0000-7000-9000-${number.toString(16).padStart(12, '0')}`;
const times = {
  createdAt: new Date('2026-01-05T09:00:00Z'),
  updatedAt: new Date('2026-01-05T09:00:00Z'),
};
const [TOOLS, DATABASES] = [id(1), id(2)];

/** Two users, two categories, and packages of each visibility. */
export async function insertExamples(db: AnyDatabase): Promise<number> {
  const counts = [
    await db
      .insert(users)
      .values([
        { id: ADA, name: 'Ada', ...times },
        { id: BEN, name: 'Ben', ...times },
      ])
      .onConflictDoNothing()
      .returning({ id: users.id }),
    await db
      .insert(categories)
      .values([
        { id: TOOLS, parentId: null, name: 'Tools', slug: 'tools', ...times },
        { id: DATABASES, parentId: TOOLS, name: 'Databases', slug: 'databases', ...times },
      ])
      .onConflictDoNothing()
      .returning({ id: categories.id }),
    await db
      .insert(packages)
      .values([
        {
          id: id(16),
          userId: ADA,
          name: 'postgres-migrations',
          description: 'Writes and reviews migrations for Postgres.',
          language: 'typescript',
          setupPrompt: 'Read the schema first, then propose one migration per change.',
          tags: ['postgres', 'migrations'],
          relevantFilesPattern: ['migrations/**/*.sql', 'src/**/schema.ts'],
          metadata: { editor: { tabWidth: 2 }, reviewed: true },
          visibility: 'public',
          categoryId: DATABASES,
          ...times,
        },
        {
          id: id(17),
          userId: ADA,
          name: 'release-notes',
          description: 'Drafts release notes from merged pull requests.',
          language: 'markdown',
          setupPrompt: null,
          tags: ['writing'],
          relevantFilesPattern: ['CHANGELOG.md'],
          metadata: {},
          visibility: 'private',
          categoryId: TOOLS,
          ...times,
        },
        {
          id: id(18),
          userId: BEN,
          name: 'query-plans',
          description: 'Explains slow queries of Postgres and suggests indexes.',
          language: 'sql',
          setupPrompt: 'Ask for EXPLAIN (ANALYZE, BUFFERS).',
          tags: ['postgres', 'performance'],
          relevantFilesPattern: ['**/*.sql'],
          metadata: { reviewed: false },
          visibility: 'unlisted',
          categoryId: DATABASES,
          ...times,
        },
        {
          id: id(19),
          userId: BEN,
          name: 'python-packaging',
          description: 'Sets up pyproject.toml and wheels.',
          language: 'python',
          setupPrompt: null,
          tags: ['packaging'],
          relevantFilesPattern: ['pyproject.toml', '**/*.py'],
          metadata: {},
          visibility: 'public',
          categoryId: null,
          ...times,
        },
      ])
      .onConflictDoNothing()
      .returning({ id: packages.id }),
  ];
  return counts.reduce((sum, rows) => sum + rows.length, 0);
}
