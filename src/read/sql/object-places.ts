import { qualifiedName } from '../../model/table-id.ts';
import type { NamedPlace } from '../../report/place.ts';
import { keptName } from '../../model/kept-name.ts';
import { createdObjects, type CreatedObject } from './created-objects.ts';
import type { SqlStatement } from './split-sql.ts';

const SEARCH_PATH = /^set\s+(?:session\s+|local\s+)?search_path\s*(?:=|to)\s*"?(\w+)/i;

const LAST_PART = /\.(?:"(?:[^"]|"")*"|[^."]+)$/;

/** The places in SQL files that create the objects of a schema. */
export class ObjectPlaces {
  readonly #places = new Map<string, NamedPlace>();
  /** The schema of unqualified names. */
  #schema = 'public';

  /** Adds the objects that an executed statement created. Returns their names. */
  add(file: string, { text, line }: SqlStatement): void {
    const path = SEARCH_PATH.exec(text)?.[1]?.toLowerCase();
    if (path !== undefined) this.#schema = path;
    const isConditional = /\bif\s+not\s+exists\b/i.test(text);
    for (const created of createdObjects(text).map(withKeptNames)) {
      const { schema = this.#schema, name, within, from, at } = created;
      const object = qualifiedName({ schema, name }, ...(within === undefined ? [] : [within]));
      if (from !== undefined) this.#move(nameBefore(schema, created), object);
      // With IF NOT EXISTS the object may already exist; then its place is kept.
      else if (!isConditional || !this.#places.has(object)) {
        const place = { file, line: line + countLineBreaks(text, at) };
        this.#places.set(object, { ...place, name: object.replace(/^public\./, '') });
      }
    }
  }

  /** The place of an object, or of its table if the object's is unknown. */
  find(object: string): NamedPlace | undefined {
    return this.#places.get(object) ?? this.#places.get(object.replace(LAST_PART, ''));
  }

  /** Applies a rename to an object and, for a table, to all objects in it. */
  #move(from: string, to: string): void {
    for (const [object, place] of this.#places) {
      if (object !== from && !object.startsWith(`${from}.`)) continue;
      const name = to + object.slice(from.length);
      this.#places.set(name, { ...place, name: name.replace(/^public\./, '') });
    }
  }
}

/** Postgres cuts names to 63 bytes. */
function withKeptNames(created: CreatedObject): CreatedObject {
  const { name, within } = created;
  return {
    ...created,
    name: keptName(name).name,
    ...(within !== undefined && { within: keptName(within).name }),
  };
}

/** The former name of a renamed object. */
const nameBefore = (
  schema: string,
  { name, within, from = '' }: Pick<CreatedObject, 'name' | 'within' | 'from'>,
): string =>
  within === undefined
    ? qualifiedName({ schema, name: from })
    : qualifiedName({ schema, name }, from);

/** The line breaks in a text before an offset. */
export function countLineBreaks(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1 && at < end; at = text.indexOf('\n', at + 1)) {
    count += 1;
  }
  return count;
}
