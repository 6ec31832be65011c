/** A value in a document, with its key. */
export interface JsonPiece {
  readonly key: string;
  /** Key of the member that contains the value, if that member is split. */
  readonly parent: string | undefined;
  readonly value: unknown;
}

export interface JsonSelection {
  /** Members to read as one value. */
  readonly whole: readonly string[];
  /** Members to read member by member, or as one value if they are not objects. */
  readonly split: readonly string[];
}

/** A JSON syntax error. `complete` is false if the text ended too early. */
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

/**
 * Recursive consumers need a limit. Documents of registries have less than a tenth of this depth.
 */
const DEEPEST = 1000;

const isSpace = (byte: number): boolean =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

type Expecting = 'key' | 'first key' | 'colon' | 'value' | 'comma';

/**
 * Reads a JSON object piece by piece, so that memory is bounded by the largest selected piece. The
 * splitter only finds the start and end of values, and `JSON.parse` reads each of them. It skips
 * unselected values and only tracks their brackets and strings.
 */
export class JsonSplitter {
  readonly #selection: JsonSelection;
  readonly #largest: number;
  /** Parts of the current value or key from earlier chunks. */
  #held: Uint8Array[] = [];
  #heldBytes = 0;
  /** Whether the current value is selected and must be kept. */
  #keep = false;
  /** 0 before the document, 1 in it, 2 in a split member. */
  #level = 0;
  #expecting: Expecting = 'value';
  #keys: [string, string] = ['', ''];
  #done = false;
  // Position inside a value: the open brackets, and whether it is in a string.
  #inValue: 'no' | 'string' | 'brackets' | 'bare' = 'no';
  #brackets: number[] = [];
  #inString = false;
  #escaped = false;
  #readingKey = false;

  constructor(selection: JsonSelection, largest: number) {
    this.#selection = selection;
    this.#largest = largest;
  }

  #open(closing: number): void {
    if (this.#brackets.push(closing) > DEEPEST) {
      throw new JsonSyntaxError(`its values are nested more than ${DEEPEST} deep.`, true);
    }
  }

  /** Consumes bytes and yields the pieces that end in them. */
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

  /** Throws if the document is incomplete. */
  end(): void {
    if (!this.#done) throw new JsonSyntaxError('the document ends in the middle.', false);
  }

  /** Handles a byte between values. Returns whether the byte starts a value. */
  #structure(byte: number): boolean {
    if (this.#done) throw new JsonSyntaxError('there is text after the document.', true);
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
    throw new JsonSyntaxError(`${JSON.stringify(String.fromCharCode(byte))} is unexpected.`, true);
  }

  #close(): false {
    this.#level -= 1;
    this.#done = this.#level === 0;
    this.#expecting = 'comma';
    return false;
  }

  #splits(): boolean {
    return this.#selection.split.includes(this.#keys[0]);
  }

  #begin(byte: number, isKey: boolean): true {
    this.#readingKey = isKey;
    this.#keep =
      isKey || this.#level === 2 || this.#selection.whole.includes(this.#keys[0]) || this.#splits();
    this.#inValue =
      byte === QUOTE ? 'string' : byte === OPEN_OBJECT || byte === OPEN_ARRAY ? 'brackets' : 'bare';
    this.#brackets = [];
    this.#inString = false;
    this.#escaped = false;
    return true;
  }

  /** The end of the value, or -1 if it continues in the next chunk. */
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

  /** The position after the closing quote, or -1. */
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
        `${JSON.stringify(this.#keys[0].slice(0, 100))} has a value that is too large.`,
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
    // V8's message quotes the text, which must not be exposed.
    throw new JsonSyntaxError('a value is not valid JSON.', true, { cause: error });
  }
}
