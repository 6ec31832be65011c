import { expect, test } from 'vitest';
import type { Finding } from '../report/problem.ts';
import { compareBaseline, parseBaseline, printBaseline, type Fingerprint } from './baseline.ts';
import { foreignKeyIndex } from './rules/foreign-key-index.ts';
import { onDelete } from './rules/on-delete.ts';
import type { Validation } from './validation.ts';

const finding = (object: string | undefined, code = 'lint/foreign-key-index'): Finding => ({
  severity: 'error',
  code,
  ...(object !== undefined && { object }),
  message: 'wrong.',
  fix: 'correct it.',
});
const entry = (object: string, rule = 'lint/foreign-key-index'): Fingerprint => ({ rule, object });
const known = new Set(['lint/foreign-key-index', 'lint/on-delete']);
const validation = (findings: readonly Finding[], more: Partial<Validation> = {}): Validation => ({
  findings,
  ignored: [],
  notJudged: [],
  tables: 1,
  rules: [foreignKeyIndex],
  ...more,
});

test('a finding is accepted by its rule and its object', () => {
  const findings = [
    finding('public.a.b'),
    finding('public.a.c'),
    finding('public.a.b', 'lint/on-delete'),
    finding(undefined),
  ];
  const compared = compareBaseline(validation(findings), [entry('public.a.b')], known);
  expect(compared.accepted).toEqual([findings[0]]);
  expect(compared.findings).toEqual(findings.slice(1));
  expect(compared).toMatchObject({ kept: [entry('public.a.b')], gone: 0 });
});

test('an entry goes with its finding, and nothing is added', () => {
  const entries = [entry('public.a.b'), entry('public.a.gone')];
  const compared = compareBaseline(
    validation([finding('public.a.b'), finding('public.a.new')]),
    entries,
    known,
  );
  expect(compared).toMatchObject({ kept: [entry('public.a.b')], gone: 1 });
});

test('an entry of a rule that does not exist any more goes', () => {
  const compared = compareBaseline(validation([]), [entry('public.a', 'lint/old')], known);
  expect(compared).toMatchObject({ kept: [], gone: 1 });
});

test.each([
  ['is off', {}, entry('public.a.b', 'lint/on-delete')],
  [
    'judged nothing',
    { notJudged: [{ rule: 'lint/foreign-key-index', reason: 'no time' }] },
    entry('public.a.b'),
  ],
  [
    'did not judge the table',
    { notJudged: [{ rule: 'lint/foreign-key-index', object: 'public.a', reason: 'no time' }] },
    entry('public.a.b'),
  ],
])('an entry stays while its rule %s', (_, more, one) => {
  expect(compareBaseline(validation([], more), [one], known)).toMatchObject({
    kept: [one],
    gone: 0,
  });
});

test('an entry goes if another table was not judged', () => {
  const notJudged = [{ rule: 'lint/foreign-key-index', object: 'public.a', reason: 'no time' }];
  const compared = compareBaseline(
    validation([], { notJudged, rules: [foreignKeyIndex, onDelete] }),
    [entry('public.ab.c')],
    known,
  );
  expect(compared.gone).toBe(1);
});

test('a file is sorted, has an entry on each line, and reads back', () => {
  const text = printBaseline([entry('b'), entry('a'), entry('a', 'lint/on-delete'), entry('a')]);
  expect(text).toBe(`{
  "version": 1,
  "findings": [
    {"rule":"lint/foreign-key-index","object":"a"},
    {"rule":"lint/foreign-key-index","object":"b"},
    {"rule":"lint/on-delete","object":"a"}
  ]
}
`);
  expect(printBaseline(parseBaseline(text) as Fingerprint[])).toBe(text);
  expect(parseBaseline(printBaseline([]))).toEqual([]);
});

test.each([
  ['{', 'it is not JSON'],
  ['[]', 'it has no version'],
  ['null', 'it has no version'],
  ['{"version":2,"findings":[]}', 'its version is 2, and this garden reads version 1'],
  ['{"version":1}', 'it has no list of findings'],
  [
    '{"version":1,"findings":[{"rule":"a","object":1}]}',
    'entry 1 of its findings is not { rule, object }',
  ],
])('%s is no baseline: %s', (text, why) => {
  expect(parseBaseline(text)).toBe(why);
});
