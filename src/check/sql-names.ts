const NAME = String.raw`"(?:[^"]|"")+"|[a-z_][\w$]*`;
const TEXT = /'(?:[^']|'')*'|\$(\w*)\$.*?\$\1\$|--[^\n]*|\/\*.*?\*\//gs;
const TABLE = new RegExp(
  String.raw`\b(?:from|join|using|only|lateral)[\s(]+(${NAME})(?:\s*\.\s*(${NAME}))?`,
  'gi',
);

/** The names and keywords in SQL, without its literals and comments. */
export const namesIn = (sql: string): readonly string[] =>
  (withoutTexts(sql).match(new RegExp(NAME, 'gi')) ?? []).map(plain);

/** SQL without its literals and comments. */
export const withoutTexts = (sql: string): string => sql.replaceAll(TEXT, "''");

/** The tables that SQL reads: the names after FROM or JOIN. */
export const tablesIn = (
  sql: string,
): readonly { readonly schema?: string; readonly name: string }[] =>
  [...withoutTexts(sql).matchAll(TABLE)].map(([, first = '', second]) =>
    second === undefined ? { name: plain(first) } : { schema: plain(first), name: plain(second) },
  );

/** A name as Postgres stores it. */
export const plain = (name: string): string =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase();
