export { BACKEND_ROLE, GATEWAY_ROLE, OPERATOR_ROLE } from '../database-roles.ts';
export { gatewayMigrations } from '../migrations-folder.ts';
export { auditOfActor, auditOfTarget, auditOfTenant } from '../queries/audit.ts';
export {
  latencyPercentiles,
  requestsOfTenant,
  serversOfActiveUsers,
  serversWithStats,
  type CreatedServer,
  type LatencyPercentiles,
  type ServerWithStats,
} from '../queries/requests.ts';
export {
  activeServerAt,
  allowedTool,
  expiringServers,
  healthOfServer,
  latestVersion,
  publicServers,
  serverNamed,
  serversOfTenant,
  serversToCheck,
  serversWithStatus,
  type ListedServer,
} from '../queries/servers.ts';
export {
  getUserByEmail,
  getUserById,
  getUsersByRole,
  membersOfOrganization,
  newestUsers,
  organizationsOfUser,
  sessionsOfUser,
  type Member,
  type OwnOrganization,
} from '../queries/users.ts';
export { gatewayServer, type GatewayServerOptions } from './gateway-server.ts';
export { logRequests, type LoggedRequest } from './log-requests.ts';
export {
  organizationDashboard,
  type Dashboard,
  type DashboardPeriod,
  type Traffic,
} from './organization-dashboard.ts';
export { gatewayRollups } from '../tables/rollups.ts';
export { hashPassword, isPassword } from './passwords.ts';
export { publishVersion, type PublishedVersion } from './publish-version.ts';
export { recordHealthChecks } from './record-health-checks.ts';
export { requestLog, type RequestLog, type RequestLogOptions } from './request-log.ts';
export { searchServers, serversConfigured } from './search-servers.ts';
export { deleteExpiredSessions, sessionTokens, signIn, type SignedIn } from './sessions.ts';
export { createUser, setUserRole, upsertUsers, type Actor } from './users.ts';
