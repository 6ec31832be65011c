import { defineFramework } from '../prompts/framework.ts';

export const rise = /* @__PURE__ */ defineFramework({
  name: 'rise',
  displayName: 'R.I.S.E',
  description:
    'A role works on given input in given steps. For material that is processed, such as texts, logs and tables.',
  components: [
    { key: 'role', name: 'Role', description: 'Who the model is.' },
    { key: 'input', name: 'Input', description: 'The material, or where it is.' },
    { key: 'steps', name: 'Steps', description: 'How to process it, one step a line.' },
    { key: 'expectation', name: 'Expectation', description: 'What the result looks like.' },
  ],
  template:
    'You are {{role}}.\n\nInput:\n{{input}}\n\nSteps:\n{{steps}}\n\nExpectation: {{expectation}}',
  examples: [
    {
      title: 'Read a log',
      values: {
        role: 'an engineer on call',
        input: 'The log of the payment service from 02:00 to 02:30.',
        steps:
          '1. Order the errors by time.\n2. Find the first one that the others follow from.\n3. Name its cause.',
        expectation: 'The cause in one sentence, with the three lines of the log that show it.',
      },
    },
  ],
});
