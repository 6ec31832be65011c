import type { AnyDatabase } from '../../src/postgres/any-database.ts';
import * as audit from '../../src/apps/gateway/queries/audit.ts';
import * as requests from '../../src/apps/gateway/queries/requests.ts';
import * as servers from '../../src/apps/gateway/queries/servers.ts';
import * as users from '../../src/apps/gateway/queries/users.ts';
import type { PreparedQuery, Statement } from '../../src/server.ts';
import { serverId, tenantId, userId } from './plant-gateway.ts';

/** An index, and the statement that uses it. */
export interface IndexUse {
  readonly index: string;
  /** The query or function, for docs/gateway.md. */
  readonly by: string;
  readonly statement: (db: AnyDatabase) => Statement;
}

const month = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), 1));
const period = {
  since: month.toISOString(),
  until: new Date(month.getTime() + 86_400_000).toISOString(),
};
const [tenant, server, user] = [tenantId(1), serverId(2), userId(1)];

const ofQuery = <Values extends Record<string, unknown>, Row>(
  index: string,
  by: string,
  query: PreparedQuery<Values, Row>,
  values: NoInfer<Values>,
): IndexUse => ({ index, by: `\`${by}\``, statement: (db) => query.statement(db, values) });

const ofSql = (index: string, by: string, sql: string): IndexUse => ({
  index,
  by,
  statement: () => ({ sql, params: [] }),
});

/** Every index but those of primary keys that only identify a row. */
export const INDEX_USES: readonly IndexUse[] = [
  ofQuery('users_pkey', 'getUserById', users.getUserById, { id: user }),
  ofQuery('users_email_unique', 'getUserByEmail', users.getUserByEmail, {
    email: 'user7@example.com',
  }),
  ofQuery('idx_users_role_created_at_id', 'getUsersByRole', users.getUsersByRole, {
    role: 'admin',
    limit: 10,
  }),
  ofQuery('idx_users_created_at_id', 'newestUsers', users.newestUsers.first, {}),
  ofQuery(
    'users_organizations_user_id_organization_id_unique',
    'organizationsOfUser',
    users.organizationsOfUser,
    { userId: user },
  ),
  ofQuery(
    'idx_users_organizations_organization_id_role_id',
    'membersOfOrganization',
    users.membersOfOrganization.first,
    { organizationId: tenant },
  ),
  ofQuery('idx_sessions_user_id_token_expires_at', 'sessionsOfUser', users.sessionsOfUser, {
    userId: userId(50),
  }),
  ofSql(
    'sessions_token_hash_unique',
    '`sessionTokens.verify`',
    `select * from sessions where token_hash = '${'A'.repeat(43)}'`,
  ),
  ofSql(
    'sessions_previous_token_hash_unique',
    '`sessionTokens.verify`, after a rotation',
    `select * from sessions where previous_token_hash = '${'A'.repeat(43)}'`,
  ),
  ofSql(
    'idx_sessions_token_expires_at',
    '`deleteExpiredSessions`',
    'delete from sessions where token_expires_at <= now()',
  ),
  ofSql(
    'user_preferences_user_id_unique',
    'the preferences of a user',
    `select * from user_preferences where user_id = '${user}'`,
  ),
  ofSql(
    'organizations_slug_unique',
    'an organization by its address',
    "select * from organizations where slug = 'org-7'",
  ),
  ofQuery(
    'idx_mcp_servers_tenant_id_created_at_id',
    'serversOfTenant',
    servers.serversOfTenant.first,
    { tenantId: tenant },
  ),
  ofQuery(
    'idx_mcp_servers_tenant_id_status_id',
    'serversWithStatus',
    servers.serversWithStatus.first,
    { tenantId: tenant, status: 'maintenance' },
  ),
  ofQuery('mcp_servers_tenant_id_name_unique', 'serverNamed', servers.serverNamed, {
    tenantId: tenant,
    name: 'server 2 kind2',
  }),
  ofQuery('idx_mcp_servers_tenant_id_url', 'activeServerAt', servers.activeServerAt, {
    tenantId: tenant,
    url: 'https://s4.example.com/mcp',
  }),
  ofQuery('idx_mcp_servers_created_at_id', 'publicServers', servers.publicServers.first, {}),
  ofQuery(
    'idx_mcp_servers_last_health_check_id',
    'serversToCheck',
    servers.serversToCheck.first,
    {},
  ),
  ofQuery('idx_mcp_servers_expires_at_id', 'expiringServers', servers.expiringServers.first, {}),
  ofSql(
    'idx_mcp_servers_created_by',
    'the servers that a user created, also when the user is deleted',
    `select * from mcp_servers where created_by = '${userId(11)}'`,
  ),
  ofSql('idx_mcp_servers_search', '`searchServers`', "select search_servers('kind8 topic8')"),
  ofSql(
    'idx_mcp_servers_configuration',
    '`serversConfigured`',
    `select servers_configured('{"retries": 8}')`,
  ),
  ofQuery('idx_mcp_server_versions_server_id', 'latestVersion', servers.latestVersion, {
    serverId: server,
  }),
  ofSql(
    'mcp_server_versions_server_id_version_unique',
    'the versions of a server',
    `select * from mcp_server_versions where server_id = '${server}'`,
  ),
  ofQuery('mcp_server_tools_server_id_name_unique', 'allowedTool', servers.allowedTool, {
    serverId: server,
    name: 'tool_1',
  }),
  ofQuery(
    'idx_server_health_checks_server_id_checked_at_id',
    'healthOfServer',
    servers.healthOfServer.first,
    { serverId: server },
  ),
  ofQuery(
    'idx_server_requests_server_id_created_at',
    'latencyPercentiles',
    requests.latencyPercentiles,
    { serverId: server, ...period },
  ),
  ofQuery(
    'idx_server_requests_tenant_id_created_at_id',
    'requestsOfTenant',
    requests.requestsOfTenant.first,
    { tenantId: tenantId(4) },
  ),
  ofSql(
    'idx_server_request_hours_tenant_id_hour',
    '`organizationDashboard`, parts of days',
    `select server_id, count, sum from server_request_hours
      where tenant_id = '${tenantId(4)}' and hour >= '${period.since}' and hour < '${period.until}'`,
  ),
  ofSql(
    'idx_server_request_days_tenant_id_day',
    '`organizationDashboard`, whole days',
    `select server_id, count, sum from server_request_days
      where tenant_id = '${tenantId(4)}' and day >= '${period.since}' and day < '${period.until}'`,
  ),
  ofQuery('idx_audit_logs_tenant_id_timestamp_id', 'auditOfTenant', audit.auditOfTenant.first, {
    tenantId: tenantId(2),
  }),
  ofQuery('idx_audit_logs_target_id_timestamp_id', 'auditOfTarget', audit.auditOfTarget.first, {
    targetId: serverId(2),
  }),
  ofQuery('idx_audit_logs_actor_id_timestamp_id', 'auditOfActor', audit.auditOfActor.first, {
    actorId: userId(2),
  }),
  ofSql(
    'idx_users_role_id',
    'deleting a row of `roles` finds its users',
    `update users set role_id = null where role_id = (select id from roles where name = 'guest')`,
  ),
  ofSql(
    'idx_organizations_created_by',
    'deleting a user finds their organizations',
    `update organizations set created_by = null where created_by = '${userId(20)}'`,
  ),
];
