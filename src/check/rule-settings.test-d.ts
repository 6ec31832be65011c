import { expectTypeOf, test } from 'vitest';
import { defineGarden } from '../project/config.ts';
import { defineRule } from './lint-rule.ts';
import type { RuleSettings } from './rule-settings.ts';

test('the options of a built-in rule are typed', () => {
  defineGarden({
    validate: {
      rules: {
        'lint/json-type': 'off',
        'lint/timestamp-precision': ['warning', { precision: 6 }],
        'acme/own': ['error', { anything: true }],
      },
    },
  });
  // @ts-expect-error A text is not a number.
  const text: RuleSettings = { 'lint/timestamp-precision': ['warning', { precision: '6' }] };
  // @ts-expect-error The option is called precision.
  const unknown: RuleSettings = { 'lint/timestamp-precision': ['warning', { digits: 6 }] };
  // @ts-expect-error There is no such severity.
  const loud: RuleSettings = { 'lint/json-type': 'fatal' };
  expectTypeOf([text, unknown, loud]).toExtend<readonly RuleSettings[]>();
});

test('the options of an own rule are those that it declares', () => {
  const rule = defineRule({
    code: 'acme/wide',
    severity: 'warning',
    presets: [],
    title: '',
    why: '',
    inputs: ['definitions'],
    example: { bad: '', good: '' },
    options: { columns: { default: 40, help: 'the most columns' } },
    check: (_, { columns }) => {
      expectTypeOf(columns).toEqualTypeOf<number>();
      return [];
    },
  });
  defineGarden({ validate: { ownRules: [rule] } });
});
