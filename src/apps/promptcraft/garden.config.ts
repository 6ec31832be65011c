import { defineGarden } from '../../project/config.ts';

export default defineGarden({
  validate: { presets: ['recommended', 'zero', 'house'] },
  zero: {
    out: './zero',
    rulesType: '../../../model/rule.ts',
    publication: 'promptcraft_zero',
    // The garden's schema is the default of this repository.
    defaultTypes: false,
    // Only the server reads these.
    tables: {
      principalActivity: false,
      rateLimits: false,
      securityEvents: false,
      settingChanges: false,
      apiUsage: false,
      feedbackResponse: false,
      promptUsage: false,
      userActivity: false,
    },
  },
});
