import { defineFramework } from '../prompts/framework.ts';

export const roses = /* @__PURE__ */ defineFramework({
  name: 'roses',
  displayName: 'R.O.S.E.S',
  description:
    'A complete brief: who answers, for what purpose, in which situation, with which result, and in which steps. For work that needs judgement.',
  components: [
    {
      key: 'role',
      name: 'Role',
      description: 'Who the model is: a profession, with its experience and its point of view.',
    },
    { key: 'objective', name: 'Objective', description: 'What the answer has to achieve.' },
    {
      key: 'scenario',
      name: 'Scenario',
      description: 'The situation: who is involved, what has happened, what is fixed.',
    },
    {
      key: 'expected_solution',
      name: 'Expected solution',
      description: 'Form and content of a good answer.',
    },
    { key: 'steps', name: 'Steps', description: 'How to proceed, one step a line.' },
  ],
  template:
    'You are {{role}}.\n\nObjective: {{objective}}\n\nScenario: {{scenario}}\n\nExpected solution: {{expected_solution}}\n\nProceed in these steps:\n{{steps}}',
  examples: [
    {
      title: 'Plan a database migration',
      values: {
        role: 'a database engineer who has moved large tables without downtime',
        objective: 'a plan to split the table orders into orders and order_lines',
        scenario:
          'The table has 80 million rows. Writes come in at 200 per second and must not stop.',
        expected_solution:
          'A numbered plan with the SQL of each phase, its locks, and how to undo it.',
        steps:
          '1. List what reads and writes the table.\n2. Design the new tables.\n3. Describe the copy, the switch and the check.',
      },
    },
  ],
});
