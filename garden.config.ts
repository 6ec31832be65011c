import { defineGarden } from './src/config.ts';

export default defineGarden({
  zero: { out: './src/zero', rulesType: '../model/rule.ts', publication: 'garden_zero' },
});
