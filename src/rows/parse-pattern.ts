/** A node of a parsed regular expression, from which text can be generated. */
export type PatternNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'class'; readonly negated: boolean; readonly ranges: readonly Range[] }
  | { readonly kind: 'all'; readonly parts: readonly PatternNode[] }
  | { readonly kind: 'any'; readonly branches: readonly PatternNode[] }
  | {
      readonly kind: 'repeat';
      readonly node: PatternNode;
      readonly min: number;
      readonly max: number;
    };

/** The first and the last code point of a range. */
export type Range = readonly [first: number, last: number];

const DIGITS: Range = [0x30, 0x39];
const WORD: readonly Range[] = [DIGITS, [0x41, 0x5a], [0x61, 0x7a], [0x5f, 0x5f]];
const SHORTHANDS: Readonly<Record<string, readonly Range[]>> = {
  d: [DIGITS],
  w: WORD,
  s: [[0x20, 0x20]],
};
const CONTROLS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  f: '\f',
  v: '\v',
};

/**
 * Parses a pattern of the kit, or a Postgres pattern with common syntax. Returns
 * `undefined` for other syntax, such as a look-ahead.
 */
export function parsePattern(source: string): PatternNode | undefined {
  let at = 0;
  const failed = Symbol('cannot be parsed');
  const fail = (): never => {
    throw failed;
  };
  const take = (): string => {
    const character = String.fromCodePoint(source.codePointAt(at) ?? fail());
    at += character.length;
    return character;
  };

  function alternatives(): PatternNode {
    const branches = [sequence()];
    while (source[at] === '|') {
      at += 1;
      branches.push(sequence());
    }
    return branches.length === 1 ? (branches[0] as PatternNode) : { kind: 'any', branches };
  }

  function sequence(): PatternNode {
    const parts: PatternNode[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') {
      const node = atom();
      parts.push(node ? repeated(node) : { kind: 'text', text: '' });
    }
    return { kind: 'all', parts };
  }

  function atom(): PatternNode | undefined {
    const character = take();
    if (character === '^' || character === '$') return undefined;
    if (character === '.') return { kind: 'class', negated: false, ranges: [[0x61, 0x7a]] };
    if (character === '[') return characterClass();
    if (character === '\\') return escaped();
    if (character !== '(') return { kind: 'text', text: character };
    if (source.startsWith('?:', at)) at += 2;
    else if (source[at] === '?') fail();
    const inner = alternatives();
    return take() === ')' ? inner : fail();
  }

  function escaped(): PatternNode {
    const character = take();
    const shorthand = SHORTHANDS[character];
    if (shorthand) return { kind: 'class', negated: false, ranges: shorthand };
    return { kind: 'text', text: escapedText(character) };
  }

  function escapedText(character: string): string {
    if (character === 'u') {
      const code = /^[0-9a-f]{4}/i.exec(source.slice(at))?.[0] ?? fail();
      at += 4;
      return String.fromCodePoint(Number.parseInt(code, 16));
    }
    return CONTROLS[character] ?? (/[a-z0-9]/i.test(character) ? fail() : character);
  }

  function characterClass(): PatternNode {
    const negated = source[at] === '^';
    if (negated) at += 1;
    const ranges: Range[] = [];
    for (let first = true; first || source[at] !== ']'; first = false) {
      if (source[at] === '[' && source[at + 1] === ':') fail();
      const from = inClass();
      if (typeof from !== 'string') ranges.push(...from);
      else if (source[at] === '-' && source[at + 1] !== ']') {
        at += 1;
        const to = inClass();
        ranges.push([code(from), typeof to === 'string' ? code(to) : fail()]);
      } else ranges.push([code(from), code(from)]);
    }
    at += 1;
    return { kind: 'class', negated, ranges };
  }

  function inClass(): string | readonly Range[] {
    const character = take();
    if (character !== '\\') return character;
    const next = take();
    return SHORTHANDS[next] ?? escapedText(next);
  }

  function repeated(node: PatternNode): PatternNode {
    const match = /^(?:([?*+])|\{(\d+)(?:(,)(\d*))?\})/.exec(source.slice(at));
    if (!match) return node;
    at += match[0].length;
    const [, sign, least, comma, most] = match;
    if (sign) return { kind: 'repeat', node, min: sign === '+' ? 1 : 0, max: sign === '?' ? 1 : 6 };
    const min = Number(least);
    const max = comma === undefined ? min : Number(most || min + 6);
    return { kind: 'repeat', node, min, max };
  }

  try {
    const node = alternatives();
    return at === source.length ? node : undefined;
  } catch (error) {
    if (error !== failed) throw error;
    return undefined;
  }
}

const code = (character: string): number => character.codePointAt(0) ?? 0;
