import type { Node } from 'libpg-query';

/** A statement parsed by Postgres's own grammar. */
export type Statement = Node;

/** Parses SQL text; `undefined` if it is not SQL. */
export type ParseSql = (sql: string) => readonly Statement[] | undefined;

/** Loads the grammar of Postgres 18: libpg-query, the server's own parser as WebAssembly. */
export async function openParser(): Promise<ParseSql> {
  const grammar = await import('libpg-query');
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
