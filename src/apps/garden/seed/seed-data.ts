import { readFileSync } from 'node:fs';

/** A tag as `seed/data/tags.json` has it. */
export interface TagData {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
}

/** A file of `seed/data`, which is beside `src` and `dist` alike. */
export function readSeedData<Data>(name: string): Data {
  const file = new URL(`../../../../seed/data/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Data;
}
