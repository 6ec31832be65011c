import { defineGarden } from '../../project/config.ts';

export default defineGarden({
  validate: { presets: ['recommended', 'zero', 'house'] },
  zero: {
    out: './zero',
    rulesType: '../../../model/rule.ts',
    publication: 'mcp_zero',
    // The garden's schema is the default of this repository.
    defaultTypes: false,
  },
});
