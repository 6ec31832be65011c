import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameworks } from '../frameworks/frameworks.ts';
import { placeholdersOf, type Rendered } from './fill-template.ts';
import { renderPrompt } from './render-prompt.ts';
import { renderTemplate } from './render-template.ts';
import type { TemplateValue, TemplateVariable } from './template-variable.ts';

const codesOf = (rendered: Rendered): readonly string[] =>
  rendered.ok ? [] : rendered.problems.map(({ code, variable }) => `${code} ${variable}`);

describe('renderPrompt', () => {
  test.each(Object.values(frameworks))('$displayName renders its own example', (framework) => {
    const [example] = framework.examples;
    const rendered = renderPrompt(framework, example.values as never);
    expect(rendered.ok && rendered.text).not.toMatch(/\{\{|undefined/);
    for (const value of Object.values(example.values)) {
      expect(rendered.ok && rendered.text).toContain(value);
    }
  });

  test.each(Object.values(frameworks))(
    '$displayName has a placeholder for each component, and no other',
    ({ components, template, examples: [{ values }] }) => {
      const keys = components.map(({ key }) => key).toSorted();
      expect([...placeholdersOf(template)].toSorted()).toEqual(keys);
      expect(Object.keys(values).toSorted()).toEqual(keys);
    },
  );

  test('there are nine', () => {
    expect(Object.values(frameworks).map(({ displayName }) => displayName)).toEqual(
      'R.O.S.E.S A.P.E T.A.G E.R.A R.A.C.E R.I.S.E C.A.R.E C.O.A.S.T T.R.A.C.E'.split(' '),
    );
  });

  test('reports missing and unknown components', () => {
    const values = { task: 'Sort', action: '  ', aim: 'Order' };
    expect(codesOf(renderPrompt(frameworks.tag, values as never))).toEqual([
      'missing-variable action',
      'missing-variable goal',
      'unknown-variable aim',
    ]);
  });
});

describe('renderTemplate', () => {
  const template = {
    templateContent: '{{ greeting }} {{count}} {{polite}} {{note}}',
    variables: [
      { name: 'greeting', type: 'choice', choices: ['Hello', 'Good day'] },
      { name: 'count', type: 'number', default: 3 },
      { name: 'polite', type: 'boolean' },
      { name: 'note', type: 'text', required: false },
    ],
  } as const;

  test('fills typed variables, defaults and optional ones', () => {
    expect(renderTemplate(template, { greeting: 'Hello', polite: false })).toEqual({
      ok: true,
      text: 'Hello 3 false ',
    });
  });

  test.each([
    [{ greeting: 'Hi', polite: true }, ['not-a-choice greeting']],
    [{ greeting: 'Hello', polite: 'yes' }, ['wrong-type polite']],
    [{ greeting: 'Hello', polite: true, count: Number.NaN }, ['wrong-type count']],
    [{ greeting: 1, polite: true }, ['wrong-type greeting']],
    [{}, ['missing-variable greeting', 'missing-variable polite']],
  ])('refuses %j', (values, codes) => {
    expect(codesOf(renderTemplate(template, values as never))).toEqual(codes);
  });

  test('the types require the values without a default', () => {
    // @ts-expect-error polite is missing
    renderTemplate(template, { greeting: 'Hello' });
    // @ts-expect-error not one of the choices
    renderTemplate(template, { greeting: 'Hi', polite: true });
  });

  test('reports a placeholder without a declaration, and a name that is declared twice', () => {
    const variables: TemplateVariable[] = [
      { name: 'a', type: 'text' },
      { name: 'a', type: 'number' },
    ];
    expect(
      codesOf(renderTemplate({ templateContent: '{{a}} {{b}} \\{{c}}', variables }, { a: 1 })),
    ).toEqual(['declared-twice a', 'undeclared-placeholder b']);
  });

  test('\\{{name}} stands for itself', () => {
    const variables = [{ name: 'a', type: 'text' }] as const;
    expect(renderTemplate({ templateContent: '\\{{a}} {{a}}', variables }, { a: 'x' })).toEqual({
      ok: true,
      text: '{{a}} x',
    });
  });

  test('inserts any value as it is, also placeholders and replacement patterns', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.constantFrom('{{b}}', '$&', "$'", '$1', '$$', '{{ a }}', '\\{{a}}'),
        ),
        (text) => {
          fc.pre(text.trim() !== '');
          const variables = [
            { name: 'a', type: 'text' },
            { name: 'b', type: 'text' },
          ] as const;
          expect(
            renderTemplate({ templateContent: '<{{a}}|{{b}}>', variables }, { a: text, b: text }),
          ).toEqual({ ok: true, text: `<${text}|${text}>` });
        },
      ),
    );
  });

  test('names of prototypes are names like others', () => {
    const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const variables = names.map((name): TemplateVariable => ({ name, type: 'text' }));
    const templateContent = names.map((name) => `{{${name}}}`).join(' ');
    const empty = renderTemplate({ templateContent, variables }, {});
    expect(codesOf(empty)).toEqual(names.map((name) => `missing-variable ${name}`));

    const values = JSON.parse(
      `{${names.map((name) => `"${name}": "[${name}]"`).join()}}`,
    ) as Record<string, TemplateValue>;
    expect(renderTemplate({ templateContent, variables }, values)).toEqual({
      ok: true,
      text: names.map((name) => `[${name}]`).join(' '),
    });
    const unknown = JSON.parse('{"__proto__": {"polluted": true}}') as Record<string, never>;
    expect(codesOf(renderTemplate({ templateContent: 'x', variables: [] }, unknown))).toEqual([
      'unknown-variable __proto__',
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('a template of 1 MB takes linear time', () => {
    const templateContent = `${'{{ '.repeat(300_000)}${' '.repeat(100_000)}{{a}}`;
    const start = performance.now();
    const variables = [{ name: 'a', type: 'text' }] as const;
    expect(renderTemplate({ templateContent, variables }, { a: 'x' }).ok).toBe(true);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
