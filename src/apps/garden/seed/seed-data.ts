import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** A tag in `seed/data/tags.json`. */
export interface TagData {
  readonly slug: string;
  readonly name: string;
  readonly description: string;
  readonly color: string;
}

/** Reads a file of `seed/data`, which the package has compressed in `dist/seed`. */
export function readSeedData<Data>(name: string): Data {
  const packed = new URL(`../../../seed/${name}.json.gz`, import.meta.url);
  const text = existsSync(packed)
    ? gunzipSync(readFileSync(packed)).toString()
    : readFileSync(new URL(`../../../../seed/data/${name}.json`, import.meta.url), 'utf8');
  return JSON.parse(text) as Data;
}
