import { defineAccess, type Access } from '../../kit/index.ts';

/** Database role that user requests run as. The RLS policies apply to it. */
export const MCP_ROLE = 'mcp_user';

const mcp: Access<{}> = defineAccess({ role: MCP_ROLE });

/** Adds access rules to a table of the app. */
export const access: typeof mcp.access = mcp.access;
