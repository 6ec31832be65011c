export default {
  dialect: 'postgresql',
  schema: './src/apps/mcp/database.ts',
  out: './migrations/mcp',
};
