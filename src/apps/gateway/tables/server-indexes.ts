import { sql } from 'drizzle-orm';
import { index, type ExtraConfigColumn, type IndexBuilder } from 'drizzle-orm/pg-core';

/** The words of a server, as the search and its index write them. */
export const serverWords = `to_tsvector('english'::regconfig, name || ' '::text || coalesce(description, ''::text))`;

export const wordsOfServer = (): IndexBuilder =>
  index('idx_mcp_servers_search').using('gin', sql.raw(serverWords));

/** The seed's idx_mcp_servers_config. The smaller operator class has all that a search needs. */
export const configurationOfServer = (t: {
  readonly configuration: Pick<ExtraConfigColumn, 'op'>;
}): IndexBuilder =>
  index('idx_mcp_servers_configuration').using('gin', t.configuration.op('jsonb_path_ops'));
