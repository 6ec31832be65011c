import { defineFramework } from '../prompts/framework.ts';

export const coast = /* @__PURE__ */ defineFramework({
  name: 'coast',
  displayName: 'C.O.A.S.T',
  description:
    'Context and objective first, then the actions in a concrete scenario, and the task at the end. For plans and dialogues.',
  components: [
    { key: 'context', name: 'Context', description: 'The background.' },
    { key: 'objective', name: 'Objective', description: 'What is to be achieved.' },
    {
      key: 'actions',
      name: 'Actions',
      description: 'What the model has to do on the way, one action a line.',
    },
    { key: 'scenario', name: 'Scenario', description: 'The concrete case.' },
    { key: 'task', name: 'Task', description: 'The task in one sentence.' },
  ],
  template:
    'Context: {{context}}\n\nObjective: {{objective}}\n\nActions:\n{{actions}}\n\nScenario: {{scenario}}\n\nTask: {{task}}',
  examples: [
    {
      title: 'A first lesson',
      values: {
        context: 'Evening classes in Spanish for adults.',
        objective: 'After one lesson, the class can order a meal.',
        actions: '- Choose twenty words.\n- Write a dialogue with them.\n- Invent two games.',
        scenario: 'Twelve people, ninety minutes, no projector.',
        task: 'Write the plan of the lesson with times.',
      },
    },
  ],
});
