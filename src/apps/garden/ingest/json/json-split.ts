/** Where a value stands in a document: the keys that lead to it. */
export interface JsonPiece {
  readonly key: string;
  /** The key above it, where the value lies one step deeper. */
  readonly parent: string | undefined;
  readonly value: unknown;
}

export interface JsonWish {
  /** Members of the document that are wanted whole. */
  readonly whole: readonly string[];
  /** Members that are wanted member by member; whole, where they are no objects. */
  readonly split: readonly string[];
}

/** What is not JSON. `complete` is false where the text ended too early. */
export class JsonSyntaxError extends Error {
  readonly complete: boolean;
  constructor(message: string, complete: boolean, options?: ErrorOptions) {
    super(message, options);
    this.complete = complete;
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** No document of a registry has a tenth of it, and who writes JSON recursively needs a limit. */
const DEEPEST = 1000;

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

type Expecting = 'key' | 'first key' | 'colon' | 'value' | 'comma';

/**
 * Reads a JSON object piece by piece, so that a document of any size costs no more
 * memory than its largest wanted piece. It looks only for where values begin and
 * end; `JSON.parse` reads each of them. What nobody wants is skipped, and only its
 * brackets and strings are looked at.
 */
export class JsonSplitter {
  readonly #wish: JsonWish;
  readonly #largest: number;
  /** Pieces of the value or key that is being read, from earlier chunks. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Whether what is being read is wanted, and so has to be held. */
  #keep = false;
  /** 0 before the document, 1 in it, 2 in a member that is split. */
  #level = 0;
  #expecting: Expecting = 'value';
  #keys: [string, string] = ['', ''];
  #done = false;
  // Within a value: how many brackets are open, and whether it is in a string.
  #inValue: 'no' | 'string' | 'brackets' | 'bare' = 'no';
  #brackets: number[] = [];
  #inString = false;
  #escaped = false;
  #readingKey = false;

  constructor(wish: JsonWish, largest: number) {
    this.#wish = wish;
    this.#largest = largest;
  }

  #open(closing: number): void {
    if (this.#brackets.push(closing) > DEEPEST) {
      throw new JsonSyntaxError(`its values are nested more than ${DEEPEST} deep.`, true);
    }
  }

  /** Takes the next bytes, and gives the pieces that end in them. */
  *push(chunk: Uint8Array): Generator<JsonPiece> {
    let at = 0;
    while (at < chunk.length) {
      if (this.#inValue === 'no') {
        const byte = chunk[at]!;
        if (isSpace(byte)) {
          at += 1;
          continue;
        }
        at += this.#structure(byte) ? 0 : 1;
        continue;
      }
      const end = this.#scan(chunk, at);
      if (this.#keep) this.#hold(chunk.subarray(at, end < 0 ? chunk.length : end));
      if (end < 0) return;
      at = end;
      yield* this.#finish();
    }
  }

  /** The bytes are over: was the document? */
  end(): void {
    if (!this.#done) throw new JsonSyntaxError('the document ends in the middle.', false);
  }

  /** A byte between values. Gives whether a value begins with it, which is then read from there. */
  #structure(byte: number): boolean {
    if (this.#done) throw new JsonSyntaxError('something follows the document.', true);
    if (this.#level === 0) {
      if (byte !== OPEN_OBJECT) throw new JsonSyntaxError('the document is not an object.', true);
      this.#level = 1;
      this.#expecting = 'first key';
      return false;
    }
    switch (this.#expecting) {
      case 'first key':
      case 'key':
        if (byte === QUOTE) return this.#begin(byte, true);
        if (byte === CLOSE_OBJECT && this.#expecting === 'first key') return this.#close();
        break;
      case 'colon':
        if (byte !== COLON) break;
        this.#expecting = 'value';
        return false;
      case 'value':
        if (byte === OPEN_OBJECT && this.#level === 1 && this.#splits()) {
          this.#level = 2;
          this.#expecting = 'first key';
          return false;
        }
        if (byte === COMMA || byte === COLON || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY)
          break;
        return this.#begin(byte, false);
      case 'comma':
        if (byte === CLOSE_OBJECT) return this.#close();
        if (byte !== COMMA) break;
        this.#expecting = 'key';
        return false;
    }
    throw new JsonSyntaxError(
      `${JSON.stringify(String.fromCharCode(byte))} is out of place.`,
      true,
    );
  }

  #close(): false {
    this.#level -= 1;
    this.#done = this.#level === 0;
    this.#expecting = 'comma';
    return false;
  }

  #splits(): boolean {
    return this.#wish.split.includes(this.#keys[0]);
  }

  #begin(byte: number, isKey: boolean): true {
    this.#readingKey = isKey;
    this.#keep =
      isKey || this.#level === 2 || this.#wish.whole.includes(this.#keys[0]) || this.#splits();
    this.#inValue =
      byte === QUOTE ? 'string' : byte === OPEN_OBJECT || byte === OPEN_ARRAY ? 'brackets' : 'bare';
    this.#brackets = [];
    this.#inString = false;
    this.#escaped = false;
    return true;
  }

  /** Where the value ends, or -1 where it goes on in the next chunk. */
  #scan(chunk: Uint8Array, from: number): number {
    if (this.#inValue === 'bare') {
      for (let at = from; at < chunk.length; at += 1) {
        const byte = chunk[at]!;
        if (byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_ARRAY || isSpace(byte))
          return at;
      }
      return -1;
    }
    let at = from;
    while (at < chunk.length) {
      if (this.#inString) {
        at = this.#scanString(chunk, at);
        if (at < 0) return -1;
        if (this.#inValue === 'string') return at;
        continue;
      }
      const byte = chunk[at]!;
      at += 1;
      if (byte === QUOTE) this.#inString = true;
      else if (byte === OPEN_OBJECT) this.#open(CLOSE_OBJECT);
      else if (byte === OPEN_ARRAY) this.#open(CLOSE_ARRAY);
      else if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
        if (this.#brackets.pop() !== byte)
          throw new JsonSyntaxError('brackets do not match.', true);
        if (this.#brackets.length === 0) return at;
      }
    }
    return -1;
  }

  /** After the quote that closes the string, or -1. */
  #scanString(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at]!;
      if (this.#escaped) this.#escaped = false;
      else if (byte === BACKSLASH) this.#escaped = true;
      else if (byte === QUOTE) {
        this.#inString = false;
        return at + 1;
      }
    }
    return -1;
  }

  #hold(part: Uint8Array): void {
    this.#heldBytes += part.length;
    if (this.#heldBytes > this.#largest) {
      throw new JsonSyntaxError(
        `${JSON.stringify(this.#keys[0].slice(0, 100))} holds a value that is too large.`,
        true,
      );
    }
    this.#held.push(part);
  }

  *#finish(): Generator<JsonPiece> {
    const kept = this.#keep;
    this.#inValue = 'no';
    const value = kept ? parse(this.#held) : undefined;
    this.#held = [];
    this.#heldBytes = 0;
    if (this.#readingKey) {
      this.#keys[this.#level - 1] = value as string;
      this.#expecting = 'colon';
      return;
    }
    this.#expecting = 'comma';
    if (!kept) return;
    const [outer, inner] = this.#keys;
    yield this.#level === 2
      ? { key: inner, parent: outer, value }
      : { key: outer, parent: undefined, value };
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function parse(parts: readonly Uint8Array[]): unknown {
  const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
  try {
    return JSON.parse(decoder.decode(bytes));
  } catch (error) {
    // V8's own message quotes the text, which is nobody's business but the server's.
    throw new JsonSyntaxError('a value cannot be read.', true, { cause: error });
  }
}
