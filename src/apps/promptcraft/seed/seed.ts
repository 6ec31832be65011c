import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { apiUsageLogs } from '../tables/api-usage-logs.ts';
import { feedbackTagLinks } from '../tables/feedback-tags.ts';
import { feedback } from '../tables/feedback.ts';
import { promptHistory, type NewPromptHistory } from '../tables/prompt-history.ts';
import { promptTemplates } from '../tables/prompt-templates.ts';
import { DEFAULT_PREFERENCES, userPreferences } from '../tables/user-preferences.ts';
import { userProfiles } from '../tables/user-profiles.ts';
import { users } from '../tables/users.ts';
import { seedId as id, seedTimes as times } from './catalog-rows.ts';
import { ADA, BEN } from './example-users.ts';
import { insertCatalog, insertMissing } from './insert-catalog.ts';

const at = (minutes: number): Date => new Date(times.createdAt.getTime() + minutes * 60_000);

const prompt = (
  number: number,
  userId: string,
  frameworkId: 'race' | 'tag',
  row: Pick<NewPromptHistory, 'userInput' | 'aiResponse' | 'status' | 'errorMessage'>,
): NewPromptHistory => ({
  id: id(6, number),
  userId,
  frameworkId,
  frameworkName: frameworkId === 'race' ? 'R.A.C.E' : 'T.A.G',
  provider: 'anthropic',
  model: 'claude-sonnet-4-5',
  tone: 'friendly',
  length: 'short',
  temperature: 0.7,
  maxTokens: 1_000,
  vibeCoding: false,
  processingTimeMs: 900 + number * 150,
  tokensUsed: 400 + number * 20,
  costUsd: 0.0042,
  errorCode: null,
  ...row,
  createdAt: at(number),
  updatedAt: at(number),
});

/** Two users with prompts, templates and feedback, in addition to the catalog. */
export async function insertExamples(db: AnyDatabase): Promise<number> {
  const people = [
    { id: ADA, name: 'Ada' },
    { id: BEN, name: 'Ben' },
  ];
  const own = (kind: number, number: number) => ({ id: id(kind, number), ...times });
  return (
    (await insertCatalog(db)) +
    (await insertMissing(
      db,
      users,
      people.map((one) => ({ ...one, ...times })),
    )) +
    (await insertMissing(
      db,
      userProfiles,
      people.map((one, number) => ({
        ...own(7, number),
        userId: one.id,
        displayName: one.name,
        isActive: true,
      })),
    )) +
    (await insertMissing(
      db,
      userPreferences,
      people.map((one, number) => ({
        ...own(8, number),
        ...DEFAULT_PREFERENCES,
        // The examples are older than the default of 30 days.
        autoCleanup: false,
        userId: one.id,
      })),
    )) +
    (await insertMissing(db, promptHistory, [
      prompt(1, ADA, 'race', {
        userInput: 'Explain the clauses about liability.',
        aiResponse: 'Clause 7 limits damages to the fees of one year.',
        status: 'completed',
        errorMessage: null,
      }),
      prompt(2, ADA, 'tag', {
        userInput: 'Sort the support requests of last month.',
        aiResponse: null,
        status: 'failed',
        errorMessage: 'The provider did not answer in time.',
      }),
      prompt(3, BEN, 'tag', {
        userInput: 'Plan the stand for the fair.',
        aiResponse: 'Book the corner; it is seen from both aisles.',
        status: 'completed',
        errorMessage: null,
      }),
    ])) +
    (await insertMissing(db, promptTemplates, [
      {
        ...own(9, 1),
        userId: ADA,
        name: 'Translation',
        description: 'Translates a text without changing its tone.',
        frameworkId: 'tag',
        templateContent: 'Translate into {{language}}, and keep the tone: {{text}}',
        variables: [
          { name: 'language', type: 'choice', choices: ['English', 'French', 'German'] },
          { name: 'text', type: 'text' },
        ],
        commitMessage: 'First version',
        isPublic: true,
        isActive: true,
        usageCount: 0,
      },
      {
        ...own(9, 2),
        userId: BEN,
        name: 'Meeting notes',
        description: null,
        frameworkId: 'race',
        templateContent: 'Summarise in {{lines}} lines: {{notes}}',
        variables: [
          { name: 'lines', type: 'number', default: 5 },
          { name: 'notes', type: 'text' },
        ],
        commitMessage: null,
        isPublic: false,
        isActive: true,
        usageCount: 0,
      },
    ])) +
    (await insertMissing(db, apiUsageLogs, [
      {
        id: id(10, 1),
        userId: ADA,
        provider: 'anthropic',
        endpoint: '/messages',
        requestSize: 1_200,
        responseSize: 5_400,
        responseTimeMs: 1_050,
        statusCode: 200,
        errorMessage: null,
        createdAt: at(1),
      },
    ])) +
    (await insertMissing(db, feedback, [
      {
        ...own(11, 1),
        userId: BEN,
        categoryId: id(4, 2),
        message: 'Please add a framework for interviews.',
        feedbackType: 'feature',
        priority: 'low',
        status: 'open',
      },
    ])) +
    (await insertMissing(db, feedbackTagLinks, [
      { id: id(12, 1), feedbackId: id(11, 1), tagId: id(5, 3), createdAt: times.createdAt },
    ]))
  );
}
