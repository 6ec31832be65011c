import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../report/problem.ts';
import { builtInRules } from './built-in-rules.ts';
import { chosenRules } from './chosen-rules.ts';
import { defineRule, type LintRule } from './lint-rule.ts';
import { optionsOf } from './rule-settings.ts';
import { timestampPrecision } from './rules/timestamp-precision.ts';

const rule = (more: Partial<LintRule>): LintRule =>
  defineRule({
    code: 'acme/serial',
    severity: 'error',
    presets: [],
    title: '',
    why: '',
    inputs: ['definitions'],
    example: { bad: '', good: '' },
    check: () => [],
    ...more,
  });

describe('options', () => {
  test('a setting replaces defaults', () => {
    expect(optionsOf(timestampPrecision, undefined)).toEqual({ precision: 3 });
    expect(optionsOf(timestampPrecision, ['warning', { precision: 6 }])).toEqual({ precision: 6 });
  });

  test.each([
    [{ precison: 6 }, 'has no option "precison".', 'did you mean precision?'],
    [{ zone: 6 }, 'has no option "zone".', 'its options are: precision.'],
    [
      { precision: '6' },
      'the option precision of lint/timestamp-precision is "6".',
      'write a value like its default, 3: the maximum number of fractional digits of a second.',
    ],
  ])('%j: an error that names the setting', (options, message, fix) => {
    const rules = { 'lint/timestamp-precision': ['warning', options as object] } as const;
    expect(chosenRules({ rules }).findings).toEqual([
      {
        severity: 'error',
        code: 'check/wrong-option',
        settings: [['validate', 'rules', 'lint/timestamp-precision']],
        message: expect.stringContaining(message),
        fix,
      },
    ]);
    // The rule runs with what is right.
    expect(optionsOf(timestampPrecision, rules['lint/timestamp-precision'])).toEqual({
      precision: 3,
    });
  });

  test('rule-options.ts has exactly the rules with options', () => {
    const text = readFileSync(join(import.meta.dirname, 'rule-options.ts'), 'utf8');
    const typed = [...text.matchAll(/'(lint\/[a-z0-9-]+)'/g)].map(([, code]) => code);
    const rules = builtInRules.filter(({ options }) => options !== undefined);
    expect(typed.toSorted()).toEqual(rules.map(({ code }) => code));
  });

  test('a rule without options accepts none', () => {
    const { findings } = chosenRules({ rules: { 'lint/json-type': ['error', { strict: true }] } });
    expect(findings).toMatchObject([{ fix: 'remove it: the rule has no options.' }]);
  });
});

describe('opposite rules', () => {
  const own = rule({ opposite: ['lint/serial-column'] });

  test('both enabled: an error of the configuration', () => {
    const choose = () => chosenRules({ ownRules: [own] });
    expect(choose).toThrow(ProblemError);
    expect(choose).toThrow(
      'the rules acme/serial and lint/serial-column of the presets recommended, supabase contradict each other.',
    );
  });

  test('one of them off: none', () => {
    const rules = { 'lint/serial-column': 'off' } as const;
    const chosen = chosenRules({ ownRules: [own], rules }).rules.map(({ code }) => code);
    expect(chosen).toContain('acme/serial');
    expect(chosen).not.toContain('lint/serial-column');
  });

  test('those of this package exist, and are in different presets', () => {
    for (const { code, presets, opposite = [] } of builtInRules) {
      for (const other of opposite) {
        const found = builtInRules.find((one) => one.code === other);
        expect(found, `${code} names ${other}`).toBeDefined();
        expect(found?.presets.filter((preset) => presets.includes(preset))).toEqual([]);
      }
    }
  });
});
