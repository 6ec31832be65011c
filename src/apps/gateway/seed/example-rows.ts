import type { NewAuditLog } from '../tables/audit-logs.ts';
import type { NewMcpServer } from '../tables/mcp-servers.ts';
import { userRoles, type NewRole, type UserRole } from '../tables/roles.ts';
import type { NewServerHealthCheck } from '../tables/server-health-checks.ts';
import type { NewServerRequest } from '../tables/server-requests.ts';
import type { NewMcpServerTool, NewMcpServerVersion } from '../tables/server-versions.ts';
import type { sessions } from '../tables/sessions.ts';
import type { NewUserPreferences } from '../tables/user-preferences.ts';
import type { NewMembership, NewOrganization, NewUser } from '../tables/users.ts';
import { ADA, BEN, CLEO } from './example-users.ts';

export const DAY = '2026-01-05T00:00:00Z';
const at = new Date('2026-01-05T09:00:00Z');
const times = { createdAt: at, updatedAt: at };

/** An id of one kind of rows. */
const id = (kind: number, number: number): string =>
  `00000000-0000-7000-9${kind.toString(16).padStart(3, '0')}-${number.toString(16).padStart(12, '0')}`;
const [ACME, OTHER] = [id(1, 1), id(1, 2)];

const DESCRIPTIONS: Readonly<Record<UserRole, string>> = {
  admin: 'Manages the organization, its members and its servers.',
  manager: 'Manages servers, and reads the audit log.',
  developer: 'Adds and changes servers.',
  analyst: 'Reads requests and statistics.',
  viewer: 'Reads servers.',
  guest: 'Reads what is shared with them.',
};

export const ROLES: readonly NewRole[] = userRoles.map((name, index) => ({
  id: id(0, index + 1),
  name,
  description: DESCRIPTIONS[name],
  ...times,
}));

const roleId = (role: UserRole): string => id(0, userRoles.indexOf(role) + 1);
const user = (own: string, name: string, role: UserRole): NewUser => ({
  id: own,
  email: `${name.toLowerCase()}@example.com`,
  name,
  role,
  roleId: roleId(role),
  passwordHash: null,
  ...times,
});

export const USERS: readonly NewUser[] = [
  user(ADA, 'Ada', 'admin'),
  user(BEN, 'Ben', 'developer'),
  user(CLEO, 'Cleo', 'viewer'),
];

export const PREFERENCES: readonly NewUserPreferences[] = USERS.map(({ id: userId }, index) => ({
  id: id(2, index + 1),
  userId,
  theme: 'light',
  notifications: true,
  ...times,
}));

/** Nobody has the token: the hash is that of no token. */
export const SESSIONS: readonly (typeof sessions.$inferInsert)[] = [
  {
    id: id(3, 1),
    userId: BEN,
    tokenHash: 'A'.repeat(43),
    tokenPrefix: 'mcpg_example',
    tokenExpiresAt: new Date('2036-01-05T09:00:00Z'),
    ...times,
  },
];

export const ORGANIZATIONS: readonly NewOrganization[] = [
  { id: ACME, name: 'Acme', slug: 'acme', createdBy: ADA, ...times },
  { id: OTHER, name: 'Other Works', slug: 'other-works', createdBy: CLEO, ...times },
];

const member = (number: number, userId: string, organizationId: string, role: UserRole) =>
  ({
    id: id(4, number),
    userId,
    organizationId,
    role,
    joinedAt: at,
    updatedAt: at,
  }) satisfies NewMembership;

export const MEMBERSHIPS: readonly NewMembership[] = [
  member(1, ADA, ACME, 'admin'),
  member(2, BEN, ACME, 'developer'),
  member(3, CLEO, OTHER, 'admin'),
];

const server = (number: number, own: Partial<NewMcpServer> & { readonly name: string }) =>
  ({
    id: id(5, number),
    url: `https://${own.name}.example.com/mcp`,
    tenantId: ACME,
    description: null,
    transport: 'streamable-http',
    timeoutMs: 30_000,
    configuration: null,
    metadata: null,
    status: 'active',
    isPublic: false,
    lastHealthCheck: null,
    expiresAt: null,
    createdBy: BEN,
    ...times,
    ...own,
  }) satisfies NewMcpServer;

export const SERVERS: readonly NewMcpServer[] = [
  server(1, {
    name: 'files',
    description: 'Reads and searches files of the shared drive.',
    configuration: { retries: 2, capabilities: ['tools', 'resources'] },
    metadata: { team: 'platform' },
    isPublic: true,
    lastHealthCheck: at,
  }),
  server(2, {
    name: 'database',
    description: 'Answers questions about the sales database.',
    configuration: { rateLimitPerMinute: 60, capabilities: ['tools'] },
    lastHealthCheck: at,
    expiresAt: new Date('2036-01-05T09:00:00Z'),
  }),
  server(3, { name: 'tickets', transport: 'sse', status: 'maintenance' }),
  server(4, {
    name: 'weather',
    description: 'Forecasts for a place.',
    tenantId: OTHER,
    createdBy: CLEO,
    isPublic: true,
  }),
];

export const VERSIONS: readonly NewMcpServerVersion[] = SERVERS.flatMap(({ id: serverId }, index) =>
  ['1.0.0', '1.1.0'].map((version, step) => ({
    id: id(6, index * 2 + step + 1),
    serverId,
    version,
    isLatest: version === '1.1.0',
    status: 'active' as const,
    changes: step === 0 ? 'First version.' : 'Faster answers.',
    ...times,
  })),
);

export const TOOLS: readonly NewMcpServerTool[] = [
  ['files', 'read_file', 'search'],
  ['database', 'query'],
  ['weather', 'forecast'],
].flatMap(([name, ...tools], index) =>
  tools.map((tool, step) => ({
    id: id(7, index * 8 + step + 1),
    serverId: SERVERS.find((one) => one.name === name)?.id ?? '',
    name: tool,
    description: `The tool ${tool} of ${name}.`,
    inputSchema: { type: 'object' },
    ...times,
  })),
);

export const HEALTH_CHECKS: readonly NewServerHealthCheck[] = SERVERS.slice(0, 2).map(
  ({ id: serverId }, index) => ({
    id: id(8, index + 1),
    serverId,
    status: 'healthy',
    statusCode: 200,
    responseTime: 18 + index,
    error: null,
    checkedAt: at,
  }),
);

const MINUTE = 60_000;

/** A day of requests to two servers, some of them slow or failed. */
export const REQUESTS: readonly NewServerRequest[] = Array.from({ length: 288 }, (_, index) => {
  const { id: serverId = '', tenantId = '' } = SERVERS[index % 2] ?? {};
  return {
    id: id(9, index + 1),
    serverId,
    tenantId,
    userId: index % 3 === 0 ? ADA : BEN,
    method: 'tools/call',
    toolName: index % 2 === 0 ? 'search' : 'query',
    statusCode: index % 29 === 0 ? 502 : 200,
    responseTime: 20 + ((index * 37) % 180) + (index % 50 === 0 ? 2_000 : 0),
    createdAt: new Date(Date.parse(DAY) + index * 5 * MINUTE),
  };
});

export const AUDIT_LOGS: readonly NewAuditLog[] = SERVERS.map((one, index) => ({
  id: id(10, index + 1),
  action: 'server.created',
  actorId: one.createdBy ?? null,
  targetId: one.id,
  tenantId: one.tenantId,
  details: { name: one.name },
  timestamp: at,
}));
