import { defineFramework } from '../prompts/framework.ts';

export const tag = /* @__PURE__ */ defineFramework({
  name: 'tag',
  displayName: 'T.A.G',
  description:
    'Separates the task from the way to do it and from the goal behind both. For tasks with a measurable goal.',
  components: [
    { key: 'task', name: 'Task', description: 'The task in one sentence.' },
    { key: 'action', name: 'Action', description: 'How to do it.' },
    { key: 'goal', name: 'Goal', description: 'What is true when it has succeeded.' },
  ],
  template: 'Task: {{task}}\n\nAction: {{action}}\n\nGoal: {{goal}}',
  examples: [
    {
      title: 'Faster support replies',
      values: {
        task: 'Sort the support requests of last month.',
        action: 'Group them by cause, and count each group.',
        goal: 'We know the three causes whose removal saves the most replies.',
      },
    },
  ],
});
