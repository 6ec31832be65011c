import { qualifiedName } from '../../model/table-id.ts';
import type { NamedPlace } from '../../report/place.ts';
import { createdObjects, type CreatedObject } from './created-objects.ts';
import type { SqlStatement } from './split-sql.ts';

const SEARCH_PATH = /^set\s+(?:session\s+|local\s+)?search_path\s*(?:=|to)\s*"?(\w+)/i;

const LAST_PART = /\.(?:"(?:[^"]|"")*"|[^."]+)$/;

/** Where SQL files create the objects of a schema. */
export class ObjectPlaces {
  readonly #places = new Map<string, NamedPlace>();
  /** The schema of names that have none. */
  #schema = 'public';

  /** Adds what a statement that was run has created. The names are returned. */
  add(file: string, { text, line }: SqlStatement): void {
    const path = SEARCH_PATH.exec(text)?.[1]?.toLowerCase();
    if (path !== undefined) this.#schema = path;
    const isConditional = /\bif\s+not\s+exists\b/i.test(text);
    for (const created of createdObjects(text)) {
      const { schema = this.#schema, name, within, from, at } = created;
      const object = qualifiedName({ schema, name }, ...(within === undefined ? [] : [within]));
      if (from !== undefined) this.#move(nameBefore(schema, created), object);
      // IF NOT EXISTS may have created nothing; all else that succeeds has.
      else if (!isConditional || !this.#places.has(object)) {
        const place = { file, line: line + countLineBreaks(text, at) };
        this.#places.set(object, { ...place, name: object.replace(/^public\./, '') });
      }
    }
  }

  /** The place of an object; of its table if only that is known. */
  find(object: string): NamedPlace | undefined {
    return this.#places.get(object) ?? this.#places.get(object.replace(LAST_PART, ''));
  }

  /** Moves an object, and all objects in a table, to their new names. */
  #move(from: string, to: string): void {
    for (const [object, place] of this.#places) {
      if (object !== from && !object.startsWith(`${from}.`)) continue;
      const name = to + object.slice(from.length);
      this.#places.set(name, { ...place, name: name.replace(/^public\./, '') });
    }
  }
}

/** The name that a renamed object had. */
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
