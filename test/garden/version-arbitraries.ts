import fc from 'fast-check';

/** The longest version that the CHECK of `version` and npm's semver accept. */
const MAX_VERSION = 256;

const digits = (min: number, max: number): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...'123456789'),
      fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min - 1, maxLength: max - 1 }),
    )
    .map(([first, rest]) => first + rest);

/** Numbers that npm's semver compares exactly. */
const safeNumber = fc.oneof(
  { weight: 4, arbitrary: fc.nat({ max: 12 }).map(String) },
  fc.constantFrom('9', '10', '99', '100', String(Number.MAX_SAFE_INTEGER)),
  fc.nat({ max: Number.MAX_SAFE_INTEGER }).map(String),
);

/** Numbers of any length, including lengths around 25 digits, the limit of the sort key's letters. */
const anyNumber = fc.oneof(safeNumber, digits(16, 28), digits(25, 26), digits(60, 70));

const word = fc
  .string({ unit: fc.constantFrom(...'aAbBzZ019-'), minLength: 1, maxLength: 4 })
  .filter((text) => !/^[0-9]+$/.test(text));
const words = fc.oneof(
  word,
  fc.constantFrom('alpha', 'alpha1', 'alpha-1', 'beta', 'rc', 'x', '-', '--', '-1', '0a', '1a'),
);

const build = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  fc.constantFrom('+1', '+001', '+a.b-c', '+20260102.sha-5114f85'),
);

const assembled = (number: fc.Arbitrary<string>): fc.Arbitrary<string> => {
  // Few distinct numbers in the core, so that two versions often differ only in the pre-release.
  const core = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom('1.0.0', '1.0.1', '1.2.0') },
    fc.tuple(number, number, number).map((numbers) => numbers.join('.')),
  );
  const prerelease = fc
    .array(fc.oneof(number, words), { maxLength: 4 })
    .map((parts) => (parts.length ? `-${parts.join('.')}` : ''));
  return fc
    .tuple(core, prerelease, build)
    .map((parts) => parts.join(''))
    .filter((version) => version.length <= MAX_VERSION);
};

/** Semantic versions that npm's semver reads, and compares without rounding. */
export const safeVersion: fc.Arbitrary<string> = assembled(safeNumber);

/** Semantic versions with numbers of unlimited length, as the specification allows. */
export const anyVersion: fc.Arbitrary<string> = assembled(anyNumber);

/** The longest versions, and versions with the longest sort keys. */
export const longVersion: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('1.0.0-', `${'9'.repeat(60)}.0.0-`, `${'9'.repeat(120)}.1.${'8'.repeat(30)}-`),
    fc.array(fc.constantFrom('a', '0', '7', '-', 'rc', '10', '9'.repeat(26)), {
      minLength: 125,
      maxLength: 130,
    }),
  )
  .map(([core, parts]) => (core + parts.join('.')).slice(0, MAX_VERSION).replace(/\.+$/, ''));

/** Texts that are nearly semantic versions, and some that are. */
export const nearVersion: fc.Arbitrary<string> = fc.oneof(
  safeVersion,
  fc.string({ unit: fc.constantFrom(...'0123.-+aA'), maxLength: 12 }),
  fc
    .tuple(
      safeVersion,
      fc.nat(20),
      fc.constantFrom('', '.', '..', '-', '+', '0', '01', ' ', '\n', 'v', '_', 'é'),
    )
    .map(([version, at, piece]) => version.slice(0, at) + piece + version.slice(at)),
  fc
    .tuple(safeVersion, fc.nat(20), fc.nat(3))
    .map(([version, at, count]) => version.slice(0, at) + version.slice(at + count)),
  fc.constantFrom(
    ...['', '1', '1.2', '1.2.3.4', '01.2.3', '1.02.3', '1.2.03', '1.2.3-', '1.2.3+', '1.2.3-01'],
    ...['1.2.3-0.01', '1.2.3-a..b', '1.2.3-a.', '1.2.3+a..b', '1.2.3+.', '1.2.3+a+b', '-1.2.3'],
    ...['1.2.3-0a', '1.2.3--01', '1.2.3+01', '1.x.3', '1.2.3-\u0661', '１.2.3', '1e1.0.0'],
  ),
);
