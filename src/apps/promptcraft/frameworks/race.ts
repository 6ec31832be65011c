import { defineFramework } from '../prompts/framework.ts';

export const race = /* @__PURE__ */ defineFramework({
  name: 'race',
  displayName: 'R.A.C.E',
  description: 'A role with a task, its context and the expected result. A good default.',
  components: [
    { key: 'role', name: 'Role', description: 'Who the model is.' },
    { key: 'action', name: 'Action', description: 'What to do.' },
    { key: 'context', name: 'Context', description: 'What the model has to know.' },
    { key: 'expectation', name: 'Expectation', description: 'What the result looks like.' },
  ],
  template:
    'You are {{role}}.\n\n{{action}}\n\nContext: {{context}}\n\nExpectation: {{expectation}}',
  examples: [
    {
      title: 'Explain a contract',
      values: {
        role: 'a lawyer who explains contracts to founders',
        action: 'Explain the clauses about liability in the contract below.',
        context: 'We are four people and sell software to hospitals.',
        expectation: 'One paragraph a clause: what it says, what it costs us, what to ask for.',
      },
    },
  ],
});
