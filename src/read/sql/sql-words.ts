import { quotedToken } from './quoted-token.ts';

/** A token of a statement: a word, a quoted name or a punctuation mark. */
export interface SqlWord {
  /** Lowercase unless it is quoted, as Postgres reads a name. */
  readonly text: string;
  /** A quoted name is never a keyword. */
  readonly quoted: boolean;
  readonly at: number;
}

const TOKEN = /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*|['"$(),.;=]|--|\/\*/g;

/** The words of a statement, without comments, strings and bodies. */
export function sqlWords(sql: string): readonly SqlWord[] {
  const words: SqlWord[] = [];
  TOKEN.lastIndex = 0;
  for (let found = TOKEN.exec(sql); found !== null; found = TOKEN.exec(sql)) {
    const { 0: text, index: at } = found;
    const quoted = quotedToken(sql, at);
    if (quoted === undefined) words.push({ text: text.toLowerCase(), quoted: false, at });
    else {
      TOKEN.lastIndex = quoted.end;
      if (quoted.kind !== 'identifier') continue;
      const name = sql.slice(at + 1, quoted.end - 1).replaceAll('""', '"');
      words.push({ text: name, quoted: true, at });
    }
  }
  return words;
}

/** Walks over the words of a statement. */
export class WordReader {
  readonly #words: readonly SqlWord[];
  #at = 0;

  constructor(words: readonly SqlWord[]) {
    this.#words = words;
  }

  get next(): SqlWord | undefined {
    return this.#words[this.#at];
  }

  /** Whether the next words are these keywords. */
  sees(...keywords: readonly string[]): boolean {
    for (let offset = 0; offset < keywords.length; offset += 1) {
      const word = this.#words[this.#at + offset];
      if (word === undefined || word.quoted || word.text !== keywords[offset]) return false;
    }
    return true;
  }

  /** Skips these keywords if they are next. */
  skip(...keywords: readonly string[]): boolean {
    const found = this.sees(...keywords);
    if (found) this.#at += keywords.length;
    return found;
  }

  /** Skips any of these keywords. */
  skipAny(keywords: readonly string[]): void {
    while (keywords.some((keyword) => this.skip(keyword)));
  }

  take(): SqlWord | undefined {
    const word = this.#words[this.#at];
    this.#at += 1;
    return word;
  }

  /** A name with its schema, if the next words are one. */
  takeName(): { readonly schema?: string; readonly name: string; readonly at: number } | undefined {
    const parts: SqlWord[] = [];
    do {
      const word = this.next;
      if (word === undefined || (!word.quoted && !/^[a-z_\u0080-\uffff]/.test(word.text))) break;
      parts.push(word);
      this.#at += 1;
    } while (this.skip('.'));
    const [last, schema] = parts.toReversed();
    if (last === undefined) return undefined;
    return { ...(schema && { schema: schema.text }), name: last.text, at: parts[0]?.at ?? 0 };
  }

  /** Moves to the next comma at this nesting level, or past the closing parenthesis. */
  skipElement(): 'comma' | 'end' {
    let depth = 0;
    for (let word = this.take(); word !== undefined; word = this.take()) {
      if (word.quoted) continue;
      if (word.text === '(') depth += 1;
      if (word.text === ')') depth -= 1;
      if (depth < 0) return 'end';
      if (depth === 0 && word.text === ',') return 'comma';
    }
    return 'end';
  }

  /** The names in the parentheses that follow. */
  takeColumns(): readonly string[] {
    const names: string[] = [];
    if (!this.skip('(')) return names;
    do {
      const name = this.takeName();
      if (name) names.push(name.name);
    } while (this.skipElement() === 'comma');
    return names;
  }
}
