export { mutators } from './mutators.ts';
export type { GatewayPrincipal } from './principal.ts';
export { queries } from './queries.ts';
export { checks, insertOnly } from './zero-checks.gen.ts';
export {
  schema,
  zql,
  type AuditLog as SyncedAuditLog,
  type McpServer as SyncedMcpServer,
  type McpServerTool as SyncedMcpServerTool,
  type McpServerVersion as SyncedMcpServerVersion,
  type Organization as SyncedOrganization,
  type Role as SyncedRole,
  type ServerHealthCheck as SyncedServerHealthCheck,
  type Session as SyncedSession,
  type User as SyncedUser,
  type UserPreference as SyncedUserPreference,
  type UsersOrganization as SyncedUsersOrganization,
} from './zero-schema.gen.ts';
