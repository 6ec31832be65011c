import { frameworks } from '../frameworks/frameworks.ts';
import { providers } from '../providers/providers.ts';
import type { NewApiModel } from '../tables/api-models.ts';
import type { NewApiProvider } from '../tables/api-providers.ts';
import type { NewFeedbackCategory } from '../tables/feedback-categories.ts';
import type { NewFeedbackTag } from '../tables/feedback-tags.ts';
import type { NewPromptFramework } from '../tables/prompt-frameworks.ts';
import type { NewAppSetting } from '../tables/settings.ts';

/** An id that stays the same in every seed, so that a second one changes nothing. */
export const seedId = (kind: number, number: number): string =>
  `00000000-0000-7000-9${kind.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;

export const seedTimes = {
  createdAt: new Date('2026-01-05T09:00:00Z'),
  updatedAt: new Date('2026-01-05T09:00:00Z'),
};

/** What every installation starts with: rows that the first design had as lists in CHECKs. */
export const providerRows: readonly NewApiProvider[] = providers.map((provider, at) => ({
  ...provider.row,
  id: seedId(1, at + 1),
  supportedModels: [],
  ...seedTimes,
}));

export const modelRows: readonly NewApiModel[] = providers.flatMap(
  ({ row: { name }, models }, provider) =>
    models.map((model, at) => ({
      ...model,
      id: seedId(2, provider * 100 + at + 1),
      provider: name,
      sortOrder: at + 1,
      ...seedTimes,
    })),
);

export const frameworkRows: readonly NewPromptFramework[] = Object.values(frameworks).map(
  (framework, at) => ({
    ...framework,
    id: seedId(3, at + 1),
    isEnabled: true,
    sortOrder: at + 1,
    ...seedTimes,
  }),
);

const category = (
  number: number,
  name: string,
  description: string,
  parent?: number,
): NewFeedbackCategory => ({
  id: seedId(4, number),
  name,
  description,
  parentId: parent === undefined ? null : seedId(4, parent),
  isActive: true,
  sortOrder: number,
  ...seedTimes,
});

export const categoryRows: readonly NewFeedbackCategory[] = [
  category(1, 'Product', 'The application itself.'),
  category(2, 'Prompts', 'Frameworks, templates and their results.', 1),
  category(3, 'Providers', 'API keys, models, limits and costs.', 1),
  category(4, 'Account', 'Sign-in, profile and preferences.'),
];

export const tagRows: readonly NewFeedbackTag[] = [
  ['accessibility', '#7C3AED'],
  ['performance', '#DC2626'],
  ['wording', '#3B82F6'],
].map(([name = '', color = ''], at) => ({
  id: seedId(5, at + 1),
  name,
  description: null,
  color,
  isActive: true,
  ...seedTimes,
}));

/** The first design's VITE_FEATURE_HISTORY, VITE_FEATURE_FEEDBACK and VITE_FEATURE_ANALYTICS. */
export const settingRows: readonly NewAppSetting[] = (
  [
    ['history', true],
    ['feedback', true],
    ['analytics', false],
  ] as const
).map(([key, enabled], at) => ({
  id: seedId(13, at + 1),
  key,
  value: { enabled },
  isPublic: true,
  ...seedTimes,
}));
