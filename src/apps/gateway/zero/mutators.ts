import { ApplicationError, defineMutators, defineMutatorWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { crudMutators } from '../../../guard/crud/crud-mutators.ts';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import type { GatewayPrincipal } from './principal.ts';
import { checks } from './zero-checks.gen.ts';
import { schema, zql } from './zero-schema.gen.ts';

const defineMutator = defineMutatorWithType<typeof schema, GatewayPrincipal>();

/**
 * Mutators of the gateway. `rows.TABLE.insert`, `update` and `delete` write single rows; the access
 * rules decide. A client sets ids and times itself. Sessions, requests, health checks, audit logs
 * and roles of users are written on the server only.
 */
export const mutators = /* @__PURE__ */ defineMutators({
  organizations: {
    /** Creates an organization with the user as its first administrator. */
    create: defineMutator(
      z.strictObject({
        id: rowId,
        membershipId: rowId,
        name: z.string(),
        slug: z.string(),
        at: moment,
      }),
      async ({ tx, args: { id, membershipId, name, slug, at }, ctx }) => {
        const { sub } = ctx;
        if (sub === undefined) {
          throw new ApplicationError('sign in to create an organization.', {
            details: { code: 'gateway/not-signed-in' },
          });
        }
        await tx.mutate.organizations.insert({
          id,
          name,
          slug,
          createdBy: sub,
          createdAt: at,
          updatedAt: at,
        });
        await tx.mutate.usersOrganizations.insert({
          id: membershipId,
          userId: sub,
          organizationId: id,
          role: 'admin',
          joinedAt: at,
          updatedAt: at,
        });
      },
    ),
  },
  versions: {
    /** Publishes a version as the latest one of its server. */
    publish: defineMutator(
      z.strictObject({
        id: rowId,
        serverId: rowId,
        version: z.string(),
        changes: z.optional(z.string()),
        at: moment,
      }),
      async ({ tx, args: { id, serverId, version, changes, at } }) => {
        const latest = await tx.run(
          zql.mcpServerVersions.where('serverId', serverId).where('isLatest', true).one(),
        );
        if (latest) {
          await tx.mutate.mcpServerVersions.update({
            id: latest.id,
            isLatest: false,
            updatedAt: at,
          });
        }
        await tx.mutate.mcpServerVersions.insert({
          id,
          serverId,
          version,
          changes: changes ?? null,
          isLatest: true,
          status: 'active',
          createdAt: at,
          updatedAt: at,
        });
      },
    ),
  },
  rows: crudMutators(schema, {
    checks,
    tables: [
      'mcpServers',
      'mcpServerTools',
      'mcpServerVersions',
      'organizations',
      'roles',
      'userPreferences',
      'users',
      'usersOrganizations',
    ],
  }),
});
