import { relations } from 'drizzle-orm';
import { mcpServers } from './tables/mcp-servers.ts';
import { roles } from './tables/roles.ts';
import { serverHealthChecks } from './tables/server-health-checks.ts';
import { mcpServerTools, mcpServerVersions } from './tables/server-versions.ts';
import { sessions } from './tables/sessions.ts';
import { userPreferences } from './tables/user-preferences.ts';
import { organizations, users, usersOrganizations } from './tables/users.ts';

export const rolesRelations = relations(roles, ({ many }) => ({
  users: many(users),
}));

export const usersRelations = relations(users, ({ one, many }) => ({
  roleRow: one(roles, { fields: [users.roleId], references: [roles.id] }),
  sessions: many(sessions),
  preferences: one(userPreferences, {
    fields: [users.id],
    references: [userPreferences.userId],
  }),
  memberships: many(usersOrganizations),
  servers: many(mcpServers),
}));

export const sessionsRelations = relations(sessions, ({ one }) => ({
  user: one(users, { fields: [sessions.userId], references: [users.id] }),
}));

export const userPreferencesRelations = relations(userPreferences, ({ one }) => ({
  user: one(users, { fields: [userPreferences.userId], references: [users.id] }),
}));

export const organizationsRelations = relations(organizations, ({ one, many }) => ({
  memberships: many(usersOrganizations),
  servers: many(mcpServers),
  creator: one(users, { fields: [organizations.createdBy], references: [users.id] }),
}));

export const usersOrganizationsRelations = relations(usersOrganizations, ({ one }) => ({
  user: one(users, { fields: [usersOrganizations.userId], references: [users.id] }),
  organization: one(organizations, {
    fields: [usersOrganizations.organizationId],
    references: [organizations.id],
  }),
}));

export const mcpServersRelations = relations(mcpServers, ({ one, many }) => ({
  organization: one(organizations, {
    fields: [mcpServers.tenantId],
    references: [organizations.id],
  }),
  creator: one(users, { fields: [mcpServers.createdBy], references: [users.id] }),
  versions: many(mcpServerVersions),
  tools: many(mcpServerTools),
  healthChecks: many(serverHealthChecks),
}));

export const mcpServerVersionsRelations = relations(mcpServerVersions, ({ one }) => ({
  server: one(mcpServers, { fields: [mcpServerVersions.serverId], references: [mcpServers.id] }),
}));

export const mcpServerToolsRelations = relations(mcpServerTools, ({ one }) => ({
  server: one(mcpServers, { fields: [mcpServerTools.serverId], references: [mcpServers.id] }),
}));

export const serverHealthChecksRelations = relations(serverHealthChecks, ({ one }) => ({
  server: one(mcpServers, { fields: [serverHealthChecks.serverId], references: [mcpServers.id] }),
}));
