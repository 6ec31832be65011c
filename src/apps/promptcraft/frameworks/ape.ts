import { defineFramework } from '../prompts/framework.ts';

export const ape = /* @__PURE__ */ defineFramework({
  name: 'ape',
  displayName: 'A.P.E',
  description:
    'The shortest useful brief: what to do, what for, and what to return. For everyday tasks.',
  components: [
    { key: 'action', name: 'Action', description: 'What to do.' },
    { key: 'purpose', name: 'Purpose', description: 'Why it is done, and for whom.' },
    { key: 'expectation', name: 'Expectation', description: 'What the result looks like.' },
  ],
  template: '{{action}}\n\nPurpose: {{purpose}}\n\nExpectation: {{expectation}}',
  examples: [
    {
      title: 'Release notes',
      values: {
        action: 'Write release notes from the list of merged changes below.',
        purpose: 'Users decide whether to update this week.',
        expectation: 'At most ten lines, the most important change first, no internal names.',
      },
    },
  ],
});
