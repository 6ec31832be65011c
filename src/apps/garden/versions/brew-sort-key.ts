/** The tokens of a Homebrew version. Text between tokens does not affect the order. */
const TOKEN =
  /(?<alpha>alpha[0-9]*|a[0-9]+)|(?<beta>beta[0-9]*|b[0-9]+)|(?<pre>pre[0-9]*)|(?<rc>rc[0-9]*)|(?<patch>p[0-9]*)|(?<post>\.post[0-9]+)|(?<number>[0-9]+)|(?<word>[a-z]+)/gi;

/** One character for each kind of token, in ascending order. The end of a version is a kind too. */
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
 * Returns text for `sort_key` that sorts bytewise in Homebrew's order. Homebrew's own
 * comparison of a plain word with `alpha` or `post` is not transitive; here, the kind of
 * the word decides. `scheme` is the formula's `version_scheme`, which is compared first.
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
  // A zero counts only if a nonzero number follows before the next word or the end.
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

/** Whether the version contains a word that marks a prerelease. */
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

/**
 * Prefixes a number with its number of digits, as a letter. Letters sort after all kinds of
 * words.
 */
function sortableNumber(text: string): string {
  const digits = text.replace(/^0+(?=.)/, '') || '0';
  return digits.length <= 25
    ? String.fromCharCode(64 + digits.length) + digits
    : `Z${String(digits.length).padStart(3, '0')}${digits}`;
}
