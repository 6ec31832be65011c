import { readFileSync } from 'node:fs';

/** A tag in `seed/data/tags.json`. */
export interface TagData {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
}

/** Reads a file of `seed/data`. The path works from `src` and `dist`. */
export function readSeedData<Data>(name: string): Data {
  const file = new URL(`../../../../seed/data/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Data;
}
