import { expect, test } from 'vitest';
import { parseFlags } from './parse-flags.ts';

test('accepts suites (each once) and flags in any order', () => {
  expect(parseFlags(['ids', '--json', 'sync', '--runs', '5', 'ids'])).toEqual({
    suites: ['ids', 'sync'],
    list: false,
    help: false,
    json: true,
    runs: 5,
    report: undefined,
    peerSuites: undefined,
  });
});

test.each([
  [['--jsn'], 'bench/wrong-flag', 'did you mean --json?'],
  [['--verbose=1'], 'bench/wrong-flag', 'npm run bench -- --help lists the flags.'],
  [['--report'], 'bench/wrong-flag', 'npm run bench -- --help lists the flags.'],
  [['--runs', '0'], 'bench/wrong-runs', 'for example: npm run bench -- foundation --runs 15'],
])('%j is a mistake that says how to mend it', (argv, code, fix) => {
  expect(() => parseFlags(argv)).toThrow(
    expect.objectContaining({ problem: expect.objectContaining({ code, fix }) }),
  );
});
