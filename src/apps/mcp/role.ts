/** Database role that user requests run as. The RLS policies apply to it. */
export const MCP_ROLE = 'mcp_user';
