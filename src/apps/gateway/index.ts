export * from './relations.ts';
export * from './tables/audit-logs.ts';
export * from './tables/mcp-servers.ts';
export * from './tables/roles.ts';
export {
  LATENCY_BOUNDS,
  organizationRequestHours,
  serverRequestDays,
  serverRequestHours,
  type OrganizationRequestHour,
  type ServerRequestDay,
  type ServerRequestHour,
} from './tables/rollups.ts';
export type { ServerConfig, ServerMetadata } from './tables/server-config.ts';
export * from './tables/server-health-checks.ts';
export * from './tables/server-requests.ts';
export {
  mcpServerTools,
  mcpServerVersions,
  versionStatuses,
  type McpServerTool,
  type McpServerVersion,
  type NewMcpServerTool,
  type NewMcpServerVersion,
  type VersionStatus,
} from './tables/server-versions.ts';
export * from './tables/sessions.ts';
export * from './tables/user-preferences.ts';
export {
  organizations,
  users,
  usersOrganizations,
  type Membership,
  type NewMembership,
  type NewOrganization,
  type NewUser,
  type Organization,
  type OrganizationUpdate,
  type User,
  type UserUpdate,
} from './tables/users.ts';
