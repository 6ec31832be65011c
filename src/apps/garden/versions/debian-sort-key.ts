/**
 * `[epoch:]upstream[-revision]`. Debian's policy requires that an upstream version starts
 * with a digit. Some in the archives do not, and dpkg sorts them anyway.
 */
const VERSION = /^(?:(\d+):)?([A-Za-z0-9.+~:-]*?)(?:-([A-Za-z0-9.+~]*))?$/;

/** Marks the end of a part. It sorts after `~` and before everything else. */
const END = '"';
const TILDE = '!';
/** `#` to `9` encode the number of digits. They sort between the end and the letters. */
const ONE_DIGIT = '#'.charCodeAt(0);
const MANY_DIGITS = '9';
const MOST_LETTERED = MANY_DIGITS.charCodeAt(0) - ONE_DIGIT;
/** Other characters sort after the letters, in ASCII order. */
const PUNCTUATION: Readonly<Record<string, string>> = { '+': '{', '-': '|', '.': '}', ':': '~' };

/**
 * Returns text for `sort_key` that sorts bytewise in dpkg's order: epochs first, `~` before
 * the end, letters before other characters, numbers by value. Returns `undefined` for text
 * that is not a Debian version.
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

/** Whether the text of the version marks a prerelease. Debian has no field for this. */
export function isDebianPrerelease(version: string): boolean {
  return /~(?:alpha|beta|rc|pre|dev|a\d|b\d)/i.test(version);
}

/** Encodes alternating runs of non-digits and digits. A missing number counts as 0. */
function sortablePart(part: string): string {
  let key = '';
  // dpkg reads an empty part as 0: a version without a revision equals the one with `-0`.
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
