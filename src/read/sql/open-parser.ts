import type { Node } from 'libpg-query';
import { ProblemError } from '../../report/problem.ts';

/** A statement as Postgres's own grammar reads it. */
export type Statement = Node;

/** Reads SQL text; `undefined` where it is not SQL. */
export type ParseSql = (sql: string) => readonly Statement[] | undefined;

/** Opens the grammar of Postgres 18: libpg-query, the server's own parser as WebAssembly. */
export async function openParser(): Promise<ParseSql> {
  const grammar = await importGrammar();
  await grammar.loadModule();
  return (sql) => {
    try {
      return (grammar.parseSync(sql).stmts ?? []).flatMap(({ stmt }) => stmt ?? []);
    } catch (error) {
      if (error instanceof grammar.SqlError) return undefined;
      throw error;
    }
  };
}

async function importGrammar(): Promise<typeof import('libpg-query')> {
  try {
    return await import('libpg-query');
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'generate/no-libpg-query',
        message:
          'libpg-query is not installed. `garden generate` reads the migrations back with it.',
        fix: 'npm install --save-dev libpg-query@18',
      },
      { cause },
    );
  }
}
