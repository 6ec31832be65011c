import { defineFramework } from '../prompts/framework.ts';

export const era = /* @__PURE__ */ defineFramework({
  name: 'era',
  displayName: 'E.R.A',
  description:
    'Starts from the expected result. For answers whose form matters more than the way there.',
  components: [
    {
      key: 'expectation',
      name: 'Expectation',
      description: 'The result, with its form and its limits.',
    },
    { key: 'role', name: 'Role', description: 'Who the model is.' },
    { key: 'action', name: 'Action', description: 'What to do.' },
  ],
  template: 'Expected result: {{expectation}}\n\nYour role: {{role}}\n\n{{action}}',
  examples: [
    {
      title: 'Interview questions',
      values: {
        expectation: 'Eight questions, each with the answer of a strong and of a weak candidate.',
        role: 'a hiring manager for data engineers',
        action: 'Write questions about modelling, indexes and incidents.',
      },
    },
  ],
});
