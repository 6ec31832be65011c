import { quoteName, quoteText } from '../../model/quote-sql.ts';
import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';

/** An extension, and the indexes that need it: their names and the text after ON. */
export interface ExtensionNeed {
  readonly name: string;
  readonly indexes: Readonly<Record<string, string>>;
}

/**
 * Indexes that need an extension, created if the database has it. They are dropped with
 * their table.
 */
export function emitExtensionIndexes(
  extensions: readonly ExtensionNeed[],
): readonly CompanionObject[] {
  return extensions.flatMap(({ name: extension, indexes }) =>
    Object.entries(indexes).map(([name, on]) => ({
      key: `index ${quoteName(name)}`,
      create: doBlock(`begin
  drop index if exists ${quoteName(name)};
  if exists (select from pg_extension where extname = ${quoteText(extension)}) then
    create index ${quoteName(name)} on ${on};
  end if;
end`),
      drop: `drop index if exists ${quoteName(name)};`,
    })),
  );
}
