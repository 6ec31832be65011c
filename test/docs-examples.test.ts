import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'node_modules/.cache/docs-examples');

/** What the examples leave to the reader: a database, a query, a row of their own. */
const PRELUDE = `
import type { AST } from '@rocicorp/zero';
import type { zeroSchema as everySchema } from './zero-schema.ts';
import type { ServerTransaction } from '@rocicorp/zero/server';
import type { drizzle } from 'drizzle-orm/pglite';
import type { Claims } from '@techgarden/schema/kit';
import { account as everyAccount, packages as everyPackage } from '@techgarden/schema';
import type * as garden from '@techgarden/schema';
import type { expect as vitestExpect } from 'vitest';
declare global {
  const db: ReturnType<typeof drizzle<typeof garden>>;
  const id: string;
  const ast: AST;
  const claims: Claims;
  const tx: ServerTransaction<typeof everySchema, unknown>;
  const zeroSchema: typeof everySchema;
  const account: typeof everyAccount;
  const packages: typeof everyPackage;
  const twice: typeof everyPackage.$inferInsert;
  const expect: typeof vitestExpect;
}
`;

const ZERO_SCHEMA = `
import { createSchema, string, table } from '@rocicorp/zero';
export const zeroSchema = createSchema({
  tables: [table('bookmarks').columns({ id: string() }).primaryKey('id')],
});
`;

async function examples(): Promise<readonly { name: string; text: string }[]> {
  const files = ['README.md', ...(await readdir(join(root, 'docs'))).map((name) => `docs/${name}`)];
  const blocks = await Promise.all(
    files.map(async (file) => {
      const text = await readFile(join(root, file), 'utf8');
      return [...text.matchAll(/^```ts\n(.*?)^```/gms)].map((match, at) => ({
        name: `${file.replaceAll(/\W/g, '-')}-${at + 1}`,
        text: match[1] ?? '',
      }));
    }),
  );
  return blocks.flat();
}

test('every example of the README and the docs compiles', async () => {
  const found = await examples();
  expect(found.length).toBeGreaterThan(8);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { name, text } of found) {
    await writeFile(join(folder, `${name}.ts`), `${text}\nexport {};\n`);
  }
  await writeFile(join(folder, 'prelude.d.ts'), PRELUDE);
  await writeFile(join(folder, 'zero-schema.ts'), ZERO_SCHEMA);
  await writeFile(join(folder, 'schema.ts'), "export * from '@techgarden/schema';\n");
  const entry = (name: string): string[] => [join(root, `src/${name}index.ts`)];
  const paths = {
    '@techgarden/schema': entry(''),
    ...Object.fromEntries(
      ['kit', 'zod', 'ops', 'ingest', 'server', 'testing'].map((name) => [
        `@techgarden/schema/${name}`,
        entry(`${name}/`),
      ]),
    ),
  };
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { paths, noUnusedLocals: false },
      include: ['.'],
      exclude: [],
    }),
  );
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, '--project', folder]).catch(
    (error: { stdout: string }) => error,
  );
  expect(stdout).toBe('');
});
