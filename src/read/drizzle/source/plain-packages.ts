import { join, sep } from 'node:path';

/** Functions of these packages that make columns give no types of their own with `$type`. */
const PLAIN = /^(?:drizzle-orm|@techgarden\/schema)(?:\/|$)/;

export function isPlain(specifier: string | undefined): boolean {
  return specifier !== undefined && PLAIN.test(specifier);
}

/** This package's own kit is the same where its source is imported, as its own apps do. */
const KIT = join(import.meta.dirname, '../../../kit', sep);

export function packageOfKit(path: string): string | undefined {
  return path.startsWith(KIT) ? '@techgarden/schema/kit' : undefined;
}
