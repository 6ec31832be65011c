/** What Homebrew takes a version apart into; what is between the tokens has no part in the order. */
const TOKEN =
  /(?<alpha>alpha[0-9]*|a[0-9]+)|(?<beta>beta[0-9]*|b[0-9]+)|(?<pre>pre[0-9]*)|(?<rc>rc[0-9]*)|(?<patch>p[0-9]*)|(?<post>\.post[0-9]+)|(?<number>[0-9]+)|(?<word>[a-z]+)/gi;

/** The kinds in ascending order, each a character. The end of a version is one of them. */
const KINDS = {
  alpha: '!',
  beta: '"',
  pre: '#',
  rc: '$',
  end: '%',
  word: '&',
  patch: "'",
  post: '(',
} as const;

/** Ends a word, so that `a` comes before `ab`. */
const END_OF_WORD = '!';

/**
 * A Homebrew version as text whose byte order is Homebrew's order, for
 * `sort_key`. Where Homebrew's own comparison goes in a circle (a plain word
 * beside `alpha` or `post`), the kind of the word decides. `scheme` is the
 * formula's `version_scheme`, which goes before all else.
 *
 * @example
 * const sorted = ['1.1.1w', '1.1.1', '1.2_1', '1.2-rc1', '1.2'].sort((a, b) =>
 *   brewSortKey(a)! < brewSortKey(b)! ? -1 : 1,
 * );
 * console.log(sorted); // [ '1.1.1', '1.1.1w', '1.2-rc1', '1.2', '1.2_1' ]
 */
export function brewSortKey(version: string, scheme = 0): string | undefined {
  const match = /^(.*?)(?:_(\d+))?$/.exec(version);
  const [, text = '', revision = '0'] = match ?? [];
  const tokens = [...text.matchAll(TOKEN)];
  if (tokens.length === 0) return undefined;
  let key = '';
  // A zero counts only where a number that is not zero comes before the next word or the end.
  let zeros = '';
  for (const { groups = {} } of tokens) {
    const { number } = groups;
    if (number === undefined) {
      key += sortableWord(groups);
      zeros = '';
    } else if (/^0+$/.test(number)) {
      zeros += sortableNumber('0');
    } else {
      key += zeros + sortableNumber(number);
      zeros = '';
    }
  }
  return sortableNumber(String(scheme)) + key + KINDS.end + sortableNumber(revision);
}

/** Whether the version has a word in it that comes before a release. */
export function isBrewPrerelease(version: string): boolean {
  return [...version.matchAll(TOKEN)].some(
    ({ groups = {} }) =>
      (groups['alpha'] ?? groups['beta'] ?? groups['pre'] ?? groups['rc']) !== undefined,
  );
}

function sortableWord(groups: Readonly<Record<string, string | undefined>>): string {
  if (groups['word'] !== undefined) return KINDS.word + groups['word'] + END_OF_WORD;
  for (const kind of ['alpha', 'beta', 'pre', 'rc', 'patch', 'post'] as const) {
    const word = groups[kind];
    if (word !== undefined) return KINDS[kind] + sortableNumber(/[0-9]*$/.exec(word)?.[0] ?? '');
  }
  return '';
}

/** The number of digits goes first, as a letter: after all kinds of words. */
function sortableNumber(text: string): string {
  const digits = text.replace(/^0+(?=.)/, '') || '0';
  return digits.length <= 25
    ? String.fromCharCode(64 + digits.length) + digits
    : `Z${String(digits.length).padStart(3, '0')}${digits}`;
}
