import fc from 'fast-check';

const nul = '\0';
const longText = fc.constantFrom(
  1,
  63,
  64,
  65,
  100,
  101,
  256,
  257,
  512,
  513,
  1000,
  1001,
  1025,
  10_001,
);

/** Random text, which an index cannot compress below its key limit. */
const incompressible = fc
  .tuple(longText, fc.infiniteStream(fc.integer({ min: 0x4e00, max: 0x1f9ff })))
  .map(([length, codes]) =>
    Array.from({ length }, () => {
      const code = codes.next().value ?? 0x4e00;
      return String.fromCodePoint(code >= 0xd800 && code <= 0xdfff ? 0x1f600 : code);
    }).join(''),
  );

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  incompressible,
  longText.map((length) => 'x'.repeat(length)),
  fc.constantFrom(
    ...['', ' ', '\t\n', '\u00a0\u2003', '\ufeff', '\u200b', 'a\u00a0', 'null', 'NULL', '😀', '{}'],
    ...[nul, `a${nul}b`, '\ud800', 'a\udc00b', '\\', "'", '"', 'a\nb', '-a', 'a-', 'a--b', 'a-b'],
    ...[
      '#aabbcc',
      '#AABBCC',
      '#aabbcc\n',
      '#fff',
      'https://x.test',
      'http://',
      'javascript:alert(1)',
    ],
    ...[
      'https://a b',
      'https://ä.test/ü?q=1#f',
      'HTTPS://X.TEST',
      'ftp://x.test',
      'x'.repeat(2060),
    ],
  ),
);

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1, -1, 1.5, 100, 101, Number.NaN, Number.POSITIVE_INFINITY),
  fc.constantFrom(
    2 ** 15,
    2 ** 15 - 1,
    -(2 ** 15),
    2 ** 31,
    2 ** 31 - 1,
    -(2 ** 31),
    -(2 ** 31) - 1,
  ),
  fc.constantFrom(1e21, 1e-7, 1e38, 3.5e38, 1e-46, 5e-324, 1.7e308, 2 ** 53 - 1),
);

export const hostileDate: fc.Arbitrary<Date> = fc.oneof(
  fc.date({
    noInvalidDate: true,
    min: new Date('0001-01-01T00:00:00Z'),
    max: new Date('9999-12-31'),
  }),
  fc.date({ noInvalidDate: true }),
  fc
    .constantFrom(
      ...['0000-12-31T23:59:59.999Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
      ...['+010000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', 'nonsense'],
      ...['1969-12-31T23:59:59.999Z', '2024-02-29T00:00:00.001Z'],
    )
    .map((text) => new Date(text)),
);
