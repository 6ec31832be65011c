/**
 * `[epoch:]upstream[-revision]`. Policy says that an upstream version begins with a
 * digit; archives have some that do not, and dpkg sorts them all the same.
 */
const VERSION = /^(?:(\d+):)?([A-Za-z0-9.+~:-]*?)(?:-([A-Za-z0-9.+~]*))?$/;

/** Nothing more comes: after `~`, and before everything else. */
const END = '"';
const TILDE = '!';
/** `#` to `9`: how many digits a number has. Between the end and the letters. */
const ONE_DIGIT = '#'.charCodeAt(0);
const MANY_DIGITS = '9';
const MOST_LETTERED = MANY_DIGITS.charCodeAt(0) - ONE_DIGIT;
/** What is neither a letter nor a digit comes after the letters, in the order of ASCII. */
const PUNCTUATION: Readonly<Record<string, string>> = { '+': '{', '-': '|', '.': '}', ':': '~' };

/**
 * A Debian version as text whose byte order is dpkg's order, for `sort_key`:
 * epochs first, `~` before the end, letters before other signs, numbers by value.
 * `undefined` where the text is not a Debian version.
 *
 * @example
 * const sorted = ['1.0', '1:0.9', '1.0~rc1', '1.0-2'].sort((a, b) =>
 *   debianSortKey(a)! < debianSortKey(b)! ? -1 : 1,
 * );
 * console.log(sorted); // [ '1.0~rc1', '1.0', '1.0-2', '1:0.9' ]
 */
export function debianSortKey(version: string): string | undefined {
  const match = VERSION.exec(version);
  if (!match) return undefined;
  const [, epoch = '0', upstream = '', revision = ''] = match;
  if (upstream === '') return undefined;
  return sortableNumber(epoch) + sortablePart(upstream) + sortablePart(revision);
}

/** Whether the version says that it comes before a release. Debian has no field for it. */
export function isDebianPrerelease(version: string): boolean {
  return /~(?:alpha|beta|rc|pre|dev|a\d|b\d)/i.test(version);
}

/** Runs of other signs and runs of digits in turn; each run of signs is followed by a number, if only 0. */
function sortablePart(part: string): string {
  let key = '';
  // dpkg reads nothing as 0: a version without a revision equals the one with -0.
  for (const [, signs = '', digits = ''] of (part || '0').matchAll(/([^0-9]*)([0-9]*)/g)) {
    if (signs === '' && digits === '') break;
    key += signs.replaceAll(/[^A-Za-z]/g, (sign) => PUNCTUATION[sign] ?? TILDE);
    key += sortableNumber(digits);
  }
  return key + END;
}

function sortableNumber(text: string): string {
  const digits = text.replace(/^0+(?=.)/, '') || '0';
  const length = digits.length - 1;
  return length < MOST_LETTERED
    ? String.fromCharCode(ONE_DIGIT + length) + digits
    : `${MANY_DIGITS}${String(digits.length).padStart(3, '0')}${digits}`;
}
