import assert from 'node:assert/strict';
import postgres from 'postgres';
import * as garden from '../../src/apps/garden/index.ts';
import { migrate } from '../../src/migrations/index.ts';
import { accessRules } from '../../src/server.ts';
import { compareAccess } from '../../src/testing.ts';
import { migrationsFolder as folder, type Check } from './check.ts';

/** The access rules, as the migrations install them. */
export const accessChecks: readonly Check[] = [
  {
    name: 'the policies agree with the rules',
    async run({ server }) {
      const url = await server.createDatabase();
      await migrate(url, { folder });
      const sql = postgres(url, { max: 1, onnotice: () => undefined });
      try {
        const { cases } = await compareAccess({
          client: {
            exec: (text) => sql.unsafe(text),
            query: async <Row>(text: string, values: unknown[] = []) => ({
              rows: (await sql.unsafe(text, values as never[])) as unknown as Row[],
            }),
          },
          rules: accessRules(garden),
          role: 'garden_user',
          cases: 300,
        });
        assert.ok(cases >= 300);
      } finally {
        await sql.end();
      }
    },
  },
];
