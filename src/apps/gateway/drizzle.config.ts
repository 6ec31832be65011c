export default {
  dialect: 'postgresql',
  schema: './src/apps/gateway/database.ts',
  out: './migrations/gateway',
};
