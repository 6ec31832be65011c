import type { CompanionObject } from './companion-object.ts';
import { doBlock } from './do-block.ts';
import { quoteName, quoteText } from '../../model/quote-sql.ts';

/**
 * Extensions, created if the server has them. A missing extension is not an error here
 * (PGlite only has extensions that it was started with), because the objects that need it
 * report the error. An extension is never dropped, because other objects may use it.
 */
export function emitExtensions(names: readonly string[]): readonly CompanionObject[] {
  return names.toSorted().map((name) => ({
    key: `extension ${quoteName(name)}`,
    create: doBlock(`begin
  if exists (select from pg_available_extensions where name = ${quoteText(name)}) then
    create extension if not exists ${quoteName(name)};
  end if;
end`),
    drop: '',
  }));
}
