import { describe } from 'vitest';
import { CONFIG_MISTAKES } from './config-mistakes.ts';
import { ENVIRONMENT_MISTAKES } from './environment-mistakes.ts';
import { expectAnswers } from './expect-answers.ts';
import { CONSTRAINT_MISTAKES } from './constraint-mistakes.ts';
import { NAME_MISTAKES } from './name-mistakes.ts';
import { RULE_MISTAKES } from './rule-mistakes.ts';
import { SCHEMA_MISTAKES } from './schema-mistakes.ts';

describe('a schema', () => {
  expectAnswers([...SCHEMA_MISTAKES, ...CONSTRAINT_MISTAKES]);
});
describe('names', () => {
  expectAnswers(NAME_MISTAKES);
});
describe('access rules', () => {
  expectAnswers(RULE_MISTAKES);
});
describe('a config', () => {
  expectAnswers(CONFIG_MISTAKES);
});
describe('an environment', () => {
  expectAnswers(ENVIRONMENT_MISTAKES);
});
