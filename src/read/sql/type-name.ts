import type { TypeName } from 'libpg-query';
import { stringsIn } from './replayed.ts';

/** A parsed type as SQL text without modifiers: `public.mood`, `int4[]`. */
export function typeNameText({ names = [], arrayBounds = [] }: TypeName): string {
  const parts = stringsIn(names).filter((part) => part !== 'pg_catalog');
  const name = parts.map((part) => (/^[a-z_][a-z0-9_]*$/.test(part) ? part : `"${part}"`));
  return name.join('.') + '[]'.repeat(Math.min(arrayBounds.length, 1));
}
