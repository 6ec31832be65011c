import fc from 'fast-check';
import { expect, test } from 'vitest';
import { JsonSplitter, JsonSyntaxError, type JsonPiece } from './json-split.ts';

const keys = { whole: ['name', 'tags'], split: ['versions', 'time'] };

/** The pieces of a text that arrives in random chunks. */
function split(text: Uint8Array, cuts: readonly number[], largest = 1e6): JsonPiece[] {
  const splitter = new JsonSplitter(keys, largest);
  const at = [...new Set([0, ...cuts.map((cut) => cut % (text.length + 1)), text.length])].sort(
    (a, b) => a - b,
  );
  const pieces = at
    .slice(1)
    .flatMap((end, index) => [...splitter.push(text.subarray(at[index], end))]);
  splitter.end();
  return pieces;
}

/** The same pieces from a document parsed as a whole. Later members override earlier ones in both. */
function whole(document: Readonly<Record<string, unknown>>): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const [key, value] of Object.entries(document)) {
    const inner =
      keys.split.includes(key) &&
      typeof value === 'object' &&
      value !== null &&
      !Array.isArray(value);
    if (inner) for (const [name, one] of Object.entries(value)) found.set(`${key}/${name}`, one);
    else if ([...keys.whole, ...keys.split].includes(key)) found.set(key, value);
  }
  return found;
}

const pathOf = ({ parent, key }: JsonPiece): string =>
  parent === undefined ? key : `${parent}/${key}`;

const member = fc.oneof(fc.constantFrom('name', 'tags', 'versions', 'time', 'readme'), fc.string());
const document = fc.dictionary(
  member,
  fc.oneof(fc.jsonValue(), fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue())),
);
const cuts = fc.array(fc.nat(), { maxLength: 8 });

test('finds the same as JSON.parse, for any chunk boundaries', () => {
  fc.assert(
    fc.property(document, cuts, fc.constantFrom(undefined, 1, '\t'), (value, where, indent) => {
      const text = JSON.stringify(value, undefined, indent);
      const pieces = split(Buffer.from(text), where);
      // A split member that is not an object is returned whole.
      const expected = whole(JSON.parse(text) as Record<string, unknown>);
      expect(new Map(pieces.map((piece) => [pathOf(piece), piece.value]))).toEqual(expected);
    }),
    { numRuns: 400 },
  );
});

test('reports every proper prefix of a document as truncated', () => {
  fc.assert(
    fc.property(document, fc.nat(), (value, at) => {
      const text = Buffer.from(JSON.stringify(value));
      const cut = text.subarray(0, at % text.length);
      let error: unknown;
      try {
        split(cut, []);
      } catch (thrown) {
        error = thrown;
      }
      expect(error).toBeInstanceOf(JsonSyntaxError);
      expect((error as JsonSyntaxError).complete).toBe(false);
    }),
    { numRuns: 200 },
  );
});

test.each([
  ['[]', 'no object'],
  ['{"name":}', 'no value'],
  ['{"name":1,}', 'a comma too many'],
  ['{,}', 'no key'],
  ['{"name" 1}', 'no colon'],
  ['{"name":1 "tags":2}', 'no comma'],
  ['{"name":tru}', 'a wrong word'],
  ['{"name":[1}]}', 'brackets that do not match'],
  ['{"name":"\u0001"}', 'a control character'],
  ['{"versions":{"1":{"a":1,}}}', 'a comma too many in a piece'],
  ['{"name":1}{', 'something behind'],
  ['<html></html>', 'a page'],
])('refuses %s: %s', (text) => {
  expect(() => split(Buffer.from(text), [])).toThrow(JsonSyntaxError);
});

test('rejects invalid UTF-8 and pieces that are too large', () => {
  expect(() => split(Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), [])).toThrow(
    JsonSyntaxError,
  );
  const large = Buffer.from(`{"readme":"${'x'.repeat(5000)}","name":"${'y'.repeat(500)}"}`);
  expect(split(large, [], 1000)).toHaveLength(1);
  expect(() => split(large, [], 400)).toThrow('too large');
});

test('a member called __proto__ is a member', () => {
  expect(split(Buffer.from('{"versions":{"__proto__":{"a":1}}}'), [])).toEqual([
    { parent: 'versions', key: '__proto__', value: { a: 1 } },
  ]);
});
