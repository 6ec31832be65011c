import { defineQueries, defineQueryWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import type { GatewayPrincipal } from './principal.ts';
import { zql, type Schema } from './zero-schema.gen.ts';

const defineQuery = defineQueryWithType<Schema, GatewayPrincipal>();

const limit = z._default(z.int().check(z.gte(1), z.lte(200)), 50);
/** The last row of the page before. */
const after = z.optional(z.strictObject({ id: rowId, createdAt: moment }));
const status = z.optional(z.enum(['active', 'inactive', 'maintenance']));

/** A page of servers, newest first. The access rules are added on the server. */
const newest = ({
  after: last,
  limit: size,
}: {
  after?: { id: string; createdAt: number } | undefined;
  limit: number;
}) => {
  const sorted = zql.mcpServers.orderBy('createdAt', 'desc').orderBy('id', 'desc');
  return (last ? sorted.start(last) : sorted).limit(size);
};

/**
 * Named queries of the gateway. Words and configurations are searched on the server, and requests
 * are read there, because Zero syncs no partitioned table.
 */
export const queries = /* @__PURE__ */ defineQueries({
  servers: {
    ofOrganization: defineQuery(
      z.strictObject({ organizationId: rowId, status, after, limit }),
      ({ args }) => {
        const own = newest(args).where('tenantId', args.organizationId);
        return args.status === undefined ? own : own.where('status', args.status);
      },
    ),
    /** The public servers, of all organizations. */
    public: defineQuery(z.strictObject({ after, limit }), ({ args }) =>
      newest(args).where('isPublic', true),
    ),
    /** A server with its versions, its tools and its last health checks. */
    one: defineQuery(z.strictObject({ id: rowId }), ({ args: { id } }) =>
      zql.mcpServers
        .where('id', id)
        .related('versions', (versions) => versions.orderBy('createdAt', 'desc').limit(50))
        .related('tools', (tools) => tools.orderBy('name', 'asc'))
        .related('healthChecks', (checks) => checks.orderBy('checkedAt', 'desc').limit(50))
        .one(),
    ),
  },
  organizations: {
    mine: defineQuery(({ ctx }) =>
      zql.organizations
        .whereExists('memberships', (own) => own.where('userId', ctx.sub ?? ''))
        .orderBy('name', 'asc'),
    ),
    /** An organization with its members. */
    one: defineQuery(z.strictObject({ id: rowId }), ({ args: { id } }) =>
      zql.organizations
        .where('id', id)
        .related('memberships', (members) => members.related('user'))
        .one(),
    ),
  },
  users: {
    /** The user, with their preferences. */
    me: defineQuery(({ ctx }) =>
      zql.users
        .where('id', ctx.sub ?? '')
        .related('preferences')
        .one(),
    ),
  },
  roles: {
    all: defineQuery(() => zql.roles),
  },
  sessions: {
    /** The user's sessions. Their tokens are not synced. */
    mine: defineQuery(({ ctx }) =>
      zql.sessions.where('userId', ctx.sub ?? '').orderBy('tokenExpiresAt', 'desc'),
    ),
  },
  auditLogs: {
    ofOrganization: defineQuery(
      z.strictObject({ organizationId: rowId, limit }),
      ({ args: { organizationId, limit: size } }) =>
        zql.auditLogs
          .where('tenantId', organizationId)
          .orderBy('timestamp', 'desc')
          .orderBy('id', 'desc')
          .limit(size),
    ),
  },
});
