// Made by `garden generate zero` from the constraints of the Drizzle schema, and made anew
// by the next run: change the tables, not this file.
/* eslint-disable */

export const checks = {
  apiConfigurations: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    provider: { immutable: true },
    isValidated: { immutable: true },
    lastValidatedAt: {
      type: { kind: 'timestamp', withTimezone: true, as: 'date' },
      immutable: true,
    },
    validationError: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', max: 2000 }],
      immutable: true,
    },
    usageCount: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
      immutable: true,
    },
    lastUsedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  apiModels: {
    id: { type: { kind: 'uuid' }, immutable: true },
    provider: { immutable: true },
    name: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[A-Za-z0-9][A-Za-z0-9._:/-]*$', max: 50 }],
      immutable: true,
    },
    displayName: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    contextTokens: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    maxOutputTokens: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    inputUsdPerMillion: {
      type: { kind: 'numeric', precision: 12, scale: 6, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    outputUsdPerMillion: {
      type: { kind: 'numeric', precision: 12, scale: 6, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    sortOrder: { type: { kind: 'integer', bits: 32, as: 'number' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  apiProviders: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z][a-z0-9_-]*$', max: 50 }],
      immutable: true,
    },
    displayName: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    baseUrl: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^https?:\\/\\/[^\\u0001-\\u0020"<>]+$', max: 2000 }],
    },
    apiKeyPattern: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 500 }] },
    maxRequestsPerMinute: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    maxRequestsPerDay: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    supportedModels: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'array', maxBytes: 65536, maxDepth: 1 }],
    },
    validationRules: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 16384, maxDepth: 8 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  apiUsageLogs: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' } },
    endpoint: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 500 }] },
    requestSize: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    responseSize: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    responseTimeMs: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    statusCode: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 100, max: 599 }],
    },
    errorMessage: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 10000 }] },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  feedback: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    categoryId: { type: { kind: 'uuid' } },
    message: {
      type: { kind: 'text' },
      constraints: [{ kind: 'notBlank', max: 20000 }],
      immutable: true,
    },
    feedbackType: {
      type: { kind: 'text', values: ['bug', 'feature', 'general', 'support'] },
      immutable: true,
    },
    priority: { type: { kind: 'text', values: ['low', 'medium', 'high', 'urgent'] } },
    status: { type: { kind: 'text', values: ['open', 'in_progress', 'resolved', 'closed'] } },
    contactEmail: {
      type: { kind: 'text' },
      constraints: [
        { kind: 'text', pattern: '^[^\\u0001-\\u0020@]+@[^\\u0001-\\u0020@]+$', max: 255 },
      ],
      immutable: true,
    },
    contactName: {
      type: { kind: 'text' },
      constraints: [{ kind: 'printable', max: 100 }],
      immutable: true,
    },
    userAgent: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', max: 1000 }],
      immutable: true,
    },
    browserInfo: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 16384, maxDepth: 4 }],
      immutable: true,
    },
    deviceInfo: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 16384, maxDepth: 4 }],
      immutable: true,
    },
    adminResponse: { type: { kind: 'text' }, constraints: [{ kind: 'notBlank', max: 20000 }] },
    adminUserId: { type: { kind: 'uuid' } },
    respondedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    rating: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1, max: 5 }],
      immutable: true,
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  feedbackAnalytics: {
    id: { type: { kind: 'uuid' }, immutable: true },
    date: { type: { kind: 'date', as: 'string' } },
    totalFeedback: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    resolvedFeedback: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    avgResponseTimeHours: {
      type: { kind: 'numeric', precision: 9, scale: 2, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    avgRating: {
      type: { kind: 'numeric', precision: 3, scale: 2, as: 'number' },
      constraints: [{ kind: 'between', min: 1, max: 5 }],
    },
    feedbackByType: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 4096, maxDepth: 1 }],
    },
    feedbackByPriority: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 4096, maxDepth: 1 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  feedbackCategories: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    parentId: { type: { kind: 'uuid' } },
    sortOrder: { type: { kind: 'integer', bits: 32, as: 'number' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  feedbackTagLinks: {
    id: { type: { kind: 'uuid' }, immutable: true },
    feedbackId: { type: { kind: 'uuid' } },
    tagId: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  feedbackTags: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 50 }] },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    color: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^#[0-9A-Fa-f]{6}$', max: 7 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  promptFrameworks: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z][a-z0-9_-]*$', max: 50 }],
      immutable: true,
    },
    displayName: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'notBlank', max: 2000 }] },
    components: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'array', maxBytes: 65536, maxDepth: 4 }],
    },
    template: { type: { kind: 'text' }, constraints: [{ kind: 'notBlank', max: 20000 }] },
    examples: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'array', maxBytes: 131072, maxDepth: 6 }],
    },
    sortOrder: { type: { kind: 'integer', bits: 32, as: 'number' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  promptHistory: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    frameworkId: { immutable: true },
    frameworkName: {
      type: { kind: 'text' },
      constraints: [{ kind: 'printable', max: 100 }],
      immutable: true,
    },
    model: { immutable: true },
    provider: { immutable: true },
    userInput: {
      type: { kind: 'text' },
      constraints: [{ kind: 'notBlank', max: 200000 }],
      immutable: true,
    },
    aiResponse: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 400000 }] },
    tone: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 50 }] },
    length: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 50 }] },
    temperature: {
      type: { kind: 'numeric', precision: 3, scale: 2, as: 'number' },
      constraints: [{ kind: 'between', min: 0, max: 2 }],
    },
    maxTokens: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    processingTimeMs: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    tokensUsed: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    costUsd: {
      type: { kind: 'numeric', precision: 10, scale: 6, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    status: { type: { kind: 'text', values: ['pending', 'completed', 'failed'] } },
    errorMessage: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 10000 }] },
    errorCode: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 50 }] },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  promptTemplateLabels: {
    id: { type: { kind: 'uuid' }, immutable: true },
    templateId: { type: { kind: 'uuid' }, immutable: true },
    name: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', max: 50 }],
      immutable: true,
    },
    versionId: { type: { kind: 'uuid' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  promptTemplateVersions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    templateId: { type: { kind: 'uuid' } },
    version: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  promptTemplates: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    templateContent: { type: { kind: 'text' }, constraints: [{ kind: 'notBlank', max: 100000 }] },
    variables: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'array', maxBytes: 65536, maxDepth: 4 }],
    },
    commitMessage: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 500 }] },
    usageCount: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
      immutable: true,
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  settings: {
    id: { type: { kind: 'uuid' }, immutable: true },
    key: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z][a-zA-Z0-9_.]*$', max: 100 }],
      immutable: true,
    },
    value: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', maxBytes: 65536, maxDepth: 16 }],
    },
    isPublic: { immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  userNotifications: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    kind: { type: { kind: 'text', values: ['feedback_answered'] }, immutable: true },
    feedbackId: { type: { kind: 'uuid' }, immutable: true },
    message: {
      type: { kind: 'text' },
      constraints: [{ kind: 'notBlank', max: 20000 }],
      immutable: true,
    },
    readAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
  },
  userPreferences: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    theme: { type: { kind: 'text', values: ['light', 'dark', 'system'] } },
    language: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$', max: 10 }],
    },
    maxHistoryDays: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1, max: 3650 }],
    },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  userProfiles: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    displayName: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    avatarUrl: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^https:\\/\\/[^\\u0001-\\u0020"<>]+$', max: 2000 }],
    },
    bio: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    preferences: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 16384, maxDepth: 8 }],
    },
    isActive: { immutable: true },
    lastLoginAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  userSessions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' } },
    tokenExpiresAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    userAgent: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 1000 }] },
    lastSeenAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  users: {
    id: { type: { kind: 'uuid' }, immutable: true },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
} as const;
