export default {
  dialect: 'postgresql',
  schema: './src/apps/promptcraft/database.ts',
  out: './migrations/promptcraft',
};
