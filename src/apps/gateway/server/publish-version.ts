import { and, eq } from 'drizzle-orm';
import { newId } from '../../../kit/id.ts';
import type { AnyDatabase } from '../../../postgres/any-database.ts';
import { mcpServers } from '../tables/mcp-servers.ts';
import { mcpServerVersions, type McpServerVersion } from '../tables/server-versions.ts';

/** A new version of a server. */
export interface PublishedVersion {
  readonly serverId: string;
  readonly version: string;
  readonly changes?: string;
}

/**
 * Publishes a version as the latest one. Returns undefined if the principal may not change the
 * server. Run it as the principal.
 */
export async function publishVersion(
  db: AnyDatabase,
  { serverId, version, changes }: PublishedVersion,
): Promise<McpServerVersion | undefined> {
  const at = new Date();
  return db.transaction(async (tx) => {
    // Two publishers of one server wait for each other.
    const [server] = await tx
      .select({ id: mcpServers.id })
      .from(mcpServers)
      .where(eq(mcpServers.id, serverId))
      .for('update');
    if (!server) return undefined;
    await tx
      .update(mcpServerVersions)
      .set({ isLatest: false, updatedAt: at })
      .where(and(eq(mcpServerVersions.serverId, serverId), eq(mcpServerVersions.isLatest, true)));
    const [row] = await tx
      .insert(mcpServerVersions)
      .values({
        id: newId(),
        serverId,
        version,
        changes: changes ?? null,
        isLatest: true,
        status: 'active',
        createdAt: at,
        updatedAt: at,
      })
      .returning();
    return row;
  });
}
