import type { NewApiModel } from '../tables/api-models.ts';
import type { NewApiProvider } from '../tables/api-providers.ts';

interface Provider {
  readonly row: Omit<NewApiProvider, 'id' | 'createdAt' | 'updatedAt' | 'supportedModels'>;
  readonly models: readonly Omit<
    NewApiModel,
    'id' | 'provider' | 'sortOrder' | 'createdAt' | 'updatedAt'
  >[];
}

/**
 * The providers that the seed inserts. Limits and prices are a start, and change: administrators
 * edit the rows.
 */
export const providers: readonly Provider[] = [
  {
    row: {
      name: 'openai',
      displayName: 'OpenAI',
      baseUrl: 'https://api.openai.com/v1',
      apiKeyPattern: '^sk-(?!ant-)[A-Za-z0-9_-]{20,200}$',
      isEnabled: true,
      maxRequestsPerMinute: 60,
      maxRequestsPerDay: 1_000,
      validationRules: { maxTemperature: 2 },
    },
    models: [
      model('gpt-4.1', 'GPT-4.1', [1_047_576, 32_768], [2, 8]),
      model('gpt-4.1-mini', 'GPT-4.1 mini', [1_047_576, 32_768], [0.4, 1.6]),
      model('gpt-4o', 'GPT-4o', [128_000, 16_384], [2.5, 10]),
    ],
  },
  {
    row: {
      name: 'gemini',
      displayName: 'Google Gemini',
      baseUrl: 'https://generativelanguage.googleapis.com/v1beta',
      apiKeyPattern: '^AIza[A-Za-z0-9_-]{35}$',
      isEnabled: true,
      maxRequestsPerMinute: 60,
      maxRequestsPerDay: 1_000,
      validationRules: { maxTemperature: 2 },
    },
    models: [
      model('gemini-2.5-pro', 'Gemini 2.5 Pro', [1_048_576, 65_536], [1.25, 10]),
      model('gemini-2.5-flash', 'Gemini 2.5 Flash', [1_048_576, 65_536], [0.3, 2.5]),
    ],
  },
  {
    row: {
      name: 'anthropic',
      displayName: 'Anthropic',
      baseUrl: 'https://api.anthropic.com/v1',
      apiKeyPattern: '^sk-ant-[A-Za-z0-9_-]{20,200}$',
      isEnabled: true,
      maxRequestsPerMinute: 60,
      maxRequestsPerDay: 1_000,
      validationRules: { maxTemperature: 1 },
    },
    models: [
      model('claude-opus-4-1', 'Claude Opus 4.1', [200_000, 32_000], [15, 75]),
      model('claude-sonnet-4-5', 'Claude Sonnet 4.5', [200_000, 64_000], [3, 15]),
      model('claude-3-5-haiku-latest', 'Claude 3.5 Haiku', [200_000, 8_192], [0.8, 4]),
    ],
  },
];

/** `tokens`: of the context and of the output; `usd`: for a million tokens of input and output. */
function model(
  name: string,
  displayName: string,
  tokens: readonly [number, number],
  usd: readonly [number, number],
): Provider['models'][number] {
  return {
    name,
    displayName,
    contextTokens: tokens[0],
    maxOutputTokens: tokens[1],
    inputUsdPerMillion: usd[0],
    outputUsdPerMillion: usd[1],
    isEnabled: true,
  };
}
