import { defineGarden } from './src/project/config.ts';

export default defineGarden({
  validate: { presets: ['recommended', 'zero', 'house'] },
  zero: {
    out: './src/apps/garden/zero',
    rulesType: '../../../model/rule.ts',
    publication: 'garden_zero',
    // What the worker compares with a registry's answer is nothing that people look at.
    tables: { packages: { columns: { etag: false } } },
  },
});
