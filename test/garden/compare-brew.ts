type Kind = 'alpha' | 'beta' | 'pre' | 'rc' | 'end' | 'word' | 'patch' | 'post' | 'number';

interface Token {
  readonly kind: Kind;
  readonly number: number;
  readonly text: string;
}

const END: Token = { kind: 'end', number: 0, text: '' };
const BEFORE_RELEASE: readonly Kind[] = ['alpha', 'beta', 'pre', 'rc'];
const PATTERNS: readonly (readonly [Kind, RegExp])[] = [
  ['alpha', /^(?:alpha[0-9]*|a[0-9]+)/i],
  ['beta', /^(?:beta[0-9]*|b[0-9]+)/i],
  ['pre', /^pre[0-9]*/i],
  ['rc', /^rc[0-9]*/i],
  ['patch', /^p[0-9]*/i],
  ['post', /^\.post[0-9]+/i],
  ['number', /^[0-9]+/],
  ['word', /^[a-z]+/i],
];

/**
 * The order of Homebrew's versions, token by token as in Homebrew. `undefined` if a plain
 * word is compared with another kind of token: Homebrew then compares the letters, and its
 * order is not transitive.
 */
export function compareBrew(a: string, b: string): number | undefined {
  const [one, other] = [takeApart(a), takeApart(b)];
  let [left, right] = [0, 0];
  const longest = Math.max(one.tokens.length, other.tokens.length);
  while (left < longest || right < longest) {
    const [x, y] = [one.tokens[left] ?? END, other.tokens[right] ?? END];
    if (x.kind === 'number' && y.kind !== 'number') {
      if (x.number > 0) return 1;
      left += 1;
    } else if (x.kind !== 'number' && y.kind === 'number') {
      if (y.number > 0) return -1;
      right += 1;
    } else {
      const order = compareTokens(x, y);
      if (order !== 0) return order;
      left += 1;
      right += 1;
    }
  }
  return Math.sign(one.revision - other.revision);
}

function compareTokens(x: Token, y: Token): number | undefined {
  if (x.kind === y.kind) {
    return x.kind === 'word'
      ? x.text === y.text
        ? 0
        : x.text < y.text
          ? -1
          : 1
      : Math.sign(x.number - y.number);
  }
  const composite = (token: Token): boolean => token.kind !== 'word' && token.kind !== 'end';
  if ((x.kind === 'word' && composite(y)) || (y.kind === 'word' && composite(x))) return undefined;
  const order: readonly Kind[] = [...BEFORE_RELEASE, 'end', 'word', 'patch', 'post'];
  // A patch and a post-release are compared by their letters too.
  if ([x.kind, y.kind].every((kind) => kind === 'patch' || kind === 'post')) return undefined;
  return Math.sign(order.indexOf(x.kind) - order.indexOf(y.kind));
}

function takeApart(version: string): { tokens: Token[]; revision: number } {
  const [, text = '', revision = '0'] = /^(.*?)(?:_([0-9]+))?$/.exec(version)!;
  const tokens: Token[] = [];
  for (let rest = text; rest !== '';) {
    const found = PATTERNS.flatMap(([kind, pattern]) => {
      const match = pattern.exec(rest)?.[0];
      return match === undefined
        ? []
        : [{ kind, text: match, number: Number(/[0-9]*$/.exec(match)![0]) }];
    })[0];
    if (found !== undefined) tokens.push(found);
    rest = rest.slice(found?.text.length ?? 1);
  }
  return { tokens, revision: Number(revision) };
}
