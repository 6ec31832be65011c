// Made by `garden generate zero` from the constraints of the Drizzle schema, and made anew
// by the next run: change the tables, not this file.
/* eslint-disable */

export const checks = {
  auditLogs: {
    id: { type: { kind: 'uuid' }, immutable: true },
    action: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z_]+(\\.[a-z_]+)+$', max: 64 }],
    },
    actorId: { type: { kind: 'uuid' } },
    targetId: { type: { kind: 'uuid' } },
    tenantId: { type: { kind: 'uuid' } },
    details: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 16384, maxDepth: 8 }],
    },
    timestamp: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  mcpServerTools: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    serverId: { type: { kind: 'uuid' }, immutable: true },
    name: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[0-9A-Za-z_./-]+$', max: 128 }],
    },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    inputSchema: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 65536, maxDepth: 32 }],
    },
  },
  mcpServerVersions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    serverId: { type: { kind: 'uuid' }, immutable: true },
    version: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[0-9A-Za-z][0-9A-Za-z.+-]*$', max: 64 }],
      immutable: true,
    },
    status: { type: { kind: 'text', values: ['active', 'deprecated', 'deleted'] } },
    changes: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 10000 }] },
  },
  mcpServers: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    url: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^https?:\\/\\/[!#-;=?-~]+$', max: 2048 }],
    },
    tenantId: { type: { kind: 'uuid' }, immutable: true },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 2000 }] },
    transport: { type: { kind: 'text', values: ['streamable-http', 'sse'] } },
    timeoutMs: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 1 }],
    },
    configuration: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 65536, maxDepth: 16 }],
    },
    metadata: {
      type: { kind: 'json', binary: true },
      constraints: [{ kind: 'json', shape: 'object', maxBytes: 65536, maxDepth: 16 }],
    },
    status: { type: { kind: 'text', values: ['active', 'inactive', 'maintenance'] } },
    lastHealthCheck: {
      type: { kind: 'timestamp', withTimezone: true, as: 'date' },
      immutable: true,
    },
    expiresAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    createdBy: { type: { kind: 'uuid' }, immutable: true },
  },
  organizations: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    slug: {
      type: { kind: 'text' },
      constraints: [{ kind: 'text', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', max: 64 }],
      immutable: true,
    },
    createdBy: { type: { kind: 'uuid' }, immutable: true },
  },
  roles: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    name: {
      type: {
        kind: 'enum',
        name: 'user_role',
        values: ['admin', 'manager', 'developer', 'analyst', 'viewer', 'guest'],
      },
      immutable: true,
    },
    description: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 500 }] },
  },
  serverHealthChecks: {
    id: { type: { kind: 'uuid' }, immutable: true },
    serverId: { type: { kind: 'uuid' } },
    status: { type: { kind: 'text', values: ['healthy', 'degraded', 'unreachable'] } },
    statusCode: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 100, max: 599 }],
    },
    responseTime: {
      type: { kind: 'integer', bits: 32, as: 'number' },
      constraints: [{ kind: 'between', min: 0 }],
    },
    error: { type: { kind: 'text' }, constraints: [{ kind: 'text', max: 1000 }] },
    checkedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  sessions: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    userId: { type: { kind: 'uuid' } },
    tokenExpiresAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
  userPreferences: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    userId: { type: { kind: 'uuid' }, immutable: true },
    theme: { type: { kind: 'text', values: ['light', 'dark', 'system'] } },
  },
  users: {
    id: { type: { kind: 'uuid' }, immutable: true },
    createdAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
    email: {
      type: { kind: 'text' },
      constraints: [
        {
          kind: 'text',
          pattern: '^[^\\u0001-\\u0020\\u007f@A-Z]+@[^\\u0001-\\u0020\\u007f@A-Z]+$',
          max: 254,
        },
      ],
      immutable: true,
    },
    name: { type: { kind: 'text' }, constraints: [{ kind: 'printable', max: 100 }] },
    role: {
      type: {
        kind: 'enum',
        name: 'user_role',
        values: ['admin', 'manager', 'developer', 'analyst', 'viewer', 'guest'],
      },
      immutable: true,
    },
    roleId: { type: { kind: 'uuid' }, immutable: true },
  },
  usersOrganizations: {
    id: { type: { kind: 'uuid' }, immutable: true },
    userId: { type: { kind: 'uuid' }, immutable: true },
    organizationId: { type: { kind: 'uuid' }, immutable: true },
    role: {
      type: {
        kind: 'enum',
        name: 'user_role',
        values: ['admin', 'manager', 'developer', 'analyst', 'viewer', 'guest'],
      },
    },
    joinedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' }, immutable: true },
    updatedAt: { type: { kind: 'timestamp', withTimezone: true, as: 'date' } },
  },
} as const;

/** Append-only tables, for the option `insertOnly` of `crudMutators()`. */
export const insertOnly = ['auditLogs'] as const;
