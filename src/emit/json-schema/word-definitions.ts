import type { ColumnType } from '../../model/column-type.ts';
import type { DefinitionNames } from './definition-names.ts';
import type { JsonObject } from './json.ts';

/** A column with a list of words. */
export interface WordsColumn {
  readonly type: ColumnType;
  readonly words: readonly string[];
  /** The names of table and column, for words that no enum type names. */
  readonly parts: readonly string[];
}

/** The definitions of lists of words: one per enum type, and one per text column with words. */
export class WordDefinitions {
  readonly #names: DefinitionNames;
  readonly #nameOf = new Map<string, string>();
  readonly #add: (name: string, node: JsonObject) => void;

  constructor(names: DefinitionNames, add: (name: string, node: JsonObject) => void) {
    this.#names = names;
    this.#add = add;
  }

  /** The reference to a list of words, which is defined at its first use. */
  reference({ type, words, parts }: WordsColumn): JsonObject {
    const named = type.kind === 'enum' ? [type.schema ?? [], type.name].flat() : parts;
    const id = JSON.stringify([type.kind === 'enum', named]);
    let name = this.#nameOf.get(id);
    if (name === undefined) {
      name = this.#names.take(named, [''])[''];
      this.#nameOf.set(id, name);
      this.#add(name, { type: 'string', enum: words });
    }
    return { $ref: `#/$defs/${name}` };
  }
}
