import { defineFramework } from '../prompts/framework.ts';

export const care = /* @__PURE__ */ defineFramework({
  name: 'care',
  displayName: 'C.A.R.E',
  description:
    'Shows the result by an example. For a tone, a style or a format that is easier to show than to describe.',
  components: [
    { key: 'context', name: 'Context', description: 'The situation and the audience.' },
    { key: 'action', name: 'Action', description: 'What to do.' },
    { key: 'result', name: 'Result', description: 'What the answer has to achieve.' },
    { key: 'example', name: 'Example', description: 'A good answer to a similar task.' },
  ],
  template:
    'Context: {{context}}\n\n{{action}}\n\nResult: {{result}}\n\nFollow this example:\n{{example}}',
  examples: [
    {
      title: 'Product descriptions',
      values: {
        context: 'A shop for hand tools. Its customers are joiners.',
        action: 'Describe the smoothing plane in the data sheet below.',
        result: 'A joiner knows what it is for, and whether it fits their hand.',
        example:
          'A marking gauge with a brass wheel. It scores across the grain without tearing. 180 g, for hands of any size.',
      },
    },
  ],
});
