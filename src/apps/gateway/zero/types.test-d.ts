import { expectTypeOf, test } from 'vitest';
import type { ServerConfig, UserRole } from '../index.ts';
import { mutators, type SyncedMcpServer, type SyncedSession, type SyncedUser } from './index.ts';

test('rows have typed JSON and roles, and nothing that only the server sees', () => {
  expectTypeOf<SyncedMcpServer['configuration']>().toEqualTypeOf<ServerConfig | null>();
  expectTypeOf<SyncedUser['role']>().toEqualTypeOf<UserRole>();
  expectTypeOf<SyncedUser>().not.toHaveProperty('passwordHash');
  expectTypeOf<SyncedSession>().not.toHaveProperty('tokenHash');
});

test('mutators accept rows of their table, and no column that only the server writes', () => {
  mutators.rows.mcpServers.update({ id: 'a', status: 'maintenance', metadata: { team: 'b' } });
  // @ts-expect-error: no such status
  mutators.rows.mcpServers.update({ id: 'a', status: 'deleted' });
  // @ts-expect-error: the backend writes it
  mutators.rows.mcpServers.update({ id: 'a', lastHealthCheck: 1 });
  // @ts-expect-error: only setUserRole() changes a role
  mutators.rows.users.update({ id: 'a', role: 'admin' });
  // @ts-expect-error: the server writes audit logs
  expectTypeOf(mutators.rows.auditLogs).toBeObject();
});
