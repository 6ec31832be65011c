import { join, sep } from 'node:path';

/** Column functions of these packages do not use `$type`. */
const PLAIN = /^(?:drizzle-orm|@techgarden\/schema)(?:\/|$)/;

export function isPlain(specifier: string | undefined): boolean {
  return specifier !== undefined && PLAIN.test(specifier);
}

/** The kit's source counts as the package, because this repository's apps import it directly. */
const KIT = join(import.meta.dirname, '../../../kit', sep);

export function packageOfKit(path: string): string | undefined {
  return path.startsWith(KIT) ? '@techgarden/schema/kit' : undefined;
}
