import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { formatProblem } from '../report/format-problem.ts';
import { ProblemError } from '../report/problem.ts';
import { placeCipher } from './column-cipher.ts';
import { localKmsStandIn } from './local-kms-stand-in.fixture.ts';
import { newEntries } from './new-ring.fixture.ts';
import { newKey } from './new-key.ts';
import { openKeyRing, type KeyRingOptions } from './open-key-ring.ts';
import { parseRing, printEntry, type RingEntry } from './ring-text.ts';
import { changeRing } from './write-ring.ts';

let folder: string;
let entries: readonly RingEntry[];
let lines: readonly string[];
let file: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'garden-ring-'));
  entries = await newEntries(2);
  lines = entries.map(printEntry);
  file = join(folder, 'keys.txt');
  writeFileSync(file, `# comment\n${lines.join('\n')}\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The code of the problem, whose text contains no key. */
async function problemOf(options: KeyRingOptions): Promise<string> {
  const error: unknown = await openKeyRing(options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ProblemError)) throw error ?? new Error('the ring was opened');
  const shown = formatProblem(error.problem);
  for (const line of lines) expect(shown).not.toContain(line.slice(-20));
  return error.problem.code;
}

test.each<[string, (all: string) => KeyRingOptions]>([
  ['a variable', (all) => ({ env: { GARDEN_KEYS: all } })],
  ['a variable with commas', (all) => ({ env: { GARDEN_KEYS: all.replaceAll('\n', ', ') } })],
  ['a variable of another name', (all) => ({ variable: 'APP_KEYS', env: { APP_KEYS: all } })],
  ['the file that a variable names', () => ({ env: { GARDEN_KEYS_FILE: file } })],
  ['a file', () => ({ file, env: {} })],
])('a ring is read from %s', async (_, options) => {
  const ring = await openKeyRing(options(lines.join('\n')));
  expect([ring.current, ...ring.keys.keys()]).toEqual([
    entries[0]?.id,
    ...entries.map(({ id }) => id),
  ]);
});

test.each<[string, (all: string) => KeyRingOptions, string]>([
  ['no ring', () => ({ env: {} }), 'secrets/no-keys'],
  ['an empty variable', () => ({ env: { GARDEN_KEYS: ' ' } }), 'secrets/no-keys'],
  ['a missing file', () => ({ file: '/nowhere/keys.txt', env: {} }), 'secrets/ring-file'],
  ['a folder', () => ({ file: folder, env: {} }), 'secrets/ring-file'],
  [
    'two rings',
    (all) => ({ env: { GARDEN_KEYS: all, GARDEN_KEYS_FILE: file } }),
    'secrets/two-rings',
  ],
  ['only comments', () => ({ env: { GARDEN_KEYS: '# nothing' } }), 'secrets/bad-ring'],
  ['a key without id', (all) => ({ env: { GARDEN_KEYS: all.slice(18) } }), 'secrets/bad-ring'],
  ['a short key', (all) => ({ env: { GARDEN_KEYS: all.slice(0, -1) } }), 'secrets/bad-ring'],
  ['quotes', (all) => ({ env: { GARDEN_KEYS: `"${all}"` } }), 'secrets/bad-ring'],
  ['a key twice', (all) => ({ env: { GARDEN_KEYS: `${all},${lines[0]}` } }), 'secrets/bad-ring'],
  [
    'a wrong key',
    () => ({ env: { GARDEN_KEYS: lines[0]!.slice(0, 18) + lines[1]!.slice(18) } }),
    'secrets/wrong-key',
  ],
])('%s is refused', async (_, options, code) => {
  expect(await problemOf(options(lines.join('\n')))).toBe(code);
});

test.each([
  'VITE_ENCRYPTION_KEY',
  'NEXT_PUBLIC_KEYS',
  'REACT_APP_KEYS',
  'PUBLIC_KEYS',
  'EXPO_PUBLIC_KEYS',
  'NUXT_PUBLIC_KEYS',
  'GATSBY_KEYS',
  'vite_keys',
])('keys in %s are refused with the reason', async (variable) => {
  const all = lines.join(',');
  const named = openKeyRing({ variable, env: { [variable]: all } });
  await expect(named).rejects.toThrow(
    /writes variables whose names start with .* into the scripts/,
  );
  expect(await problemOf({ variable, env: {} })).toBe('secrets/exposed-variable');
  // Under the right name, but exposed too.
  const copied = { GARDEN_KEYS: all, [variable]: lines[1]!.slice(18) };
  expect(await problemOf({ env: copied })).toBe('secrets/exposed-variable');
});

test('a ring that is only set for the bundler is refused with the reason', async () => {
  const env = { VITE_GARDEN_KEYS: lines.join(',') };
  expect(await problemOf({ env })).toBe('secrets/exposed-variable');
});

test('a service unwraps the keys once, and the ring without it is useless', async () => {
  const kms = localKmsStandIn();
  const entry = await newKey(kms);
  const text = printEntry(entry);
  expect(text).toMatch(/^\d{8}-[0-9a-f]{8}:kms:/);
  const env = { GARDEN_KEYS: text };
  const ring = await openKeyRing({ env, kms });
  const cipher = placeCipher('a', ring);
  for (const row of ['1', '2']) expect(cipher.decrypt(row, cipher.encrypt(row, 'x'))).toBe('x');
  expect(kms.calls).toEqual([`wrap ${entry.id}`, `unwrap ${entry.id}`]);
  expect(await problemOf({ env })).toBe('secrets/no-kms');
  expect(await problemOf({ env, kms: localKmsStandIn() })).toBe('secrets/kms-failed');
  const wrong = { ...kms, unwrap: async () => new Uint8Array(32) };
  expect(await problemOf({ env, kms: wrong })).toBe('secrets/wrong-key');
});

test('a changed file keeps its comments and its mode; a new one is private', () => {
  const own = join(folder, 'own.txt');
  changeRing(own, () => [entries[0]!]);
  expect(statSync(own).mode & 0o777).toBe(0o600);
  expect(readFileSync(own, 'utf8')).toMatch(/^# .*\n# .*\n\d{8}-/);
  chmodSync(own, 0o640);
  changeRing(own, (now) => [entries[1]!, ...now]);
  expect(statSync(own).mode & 0o777).toBe(0o640);
  expect(parseRing(readFileSync(own, 'utf8'), own)).toEqual([entries[1], entries[0]]);
  expect(readFileSync(own, 'utf8')).toMatch(/^# /);
});

test('of two changes of a file at once, one is refused', () => {
  const own = join(folder, 'busy.txt');
  const change = (): void =>
    changeRing(own, () => {
      expect(change).toThrow('another command changes the key ring');
      return [entries[0]!];
    });
  // The inner change does not remove the draft of the outer one.
  change();
  expect(parseRing(readFileSync(own, 'utf8'), own)).toEqual([entries[0]]);
  expect(() =>
    changeRing(own, () => {
      throw new Error('no');
    }),
  ).toThrow('no');
  changeRing(own, (now) => [entries[1]!, ...now]);
});
