import { defineFramework } from '../prompts/framework.ts';

export const trace = /* @__PURE__ */ defineFramework({
  name: 'trace',
  displayName: 'T.R.A.C.E',
  description:
    'A task with an explicit request, its context and an example. For results that other people or programs process further.',
  components: [
    { key: 'task', name: 'Task', description: 'The task in one sentence.' },
    {
      key: 'request',
      name: 'Request',
      description: 'What you ask for precisely, with its limits.',
    },
    { key: 'action', name: 'Action', description: 'How to do it.' },
    { key: 'context', name: 'Context', description: 'What the model has to know.' },
    { key: 'example', name: 'Example', description: 'A result as it should be.' },
  ],
  template:
    'Task: {{task}}\n\nRequest: {{request}}\n\nAction: {{action}}\n\nContext: {{context}}\n\nExample of the result:\n{{example}}',
  examples: [
    {
      title: 'Extract invoice data',
      values: {
        task: 'Read the data of an invoice.',
        request: 'Return JSON with number, date, currency and total, and nothing else.',
        action: 'Copy values as they are printed. Use null for what is missing.',
        context: 'Invoices of suppliers in the EU; a comma separates decimals.',
        example:
          '{ "number": "R-2026-041", "date": "2026-03-02", "currency": "EUR", "total": "1.240,50" }',
      },
    },
  ],
});
