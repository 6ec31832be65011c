import { defineGarden } from '../../project/config.ts';

export default defineGarden({
  validate: {
    presets: ['recommended', 'zero', 'house', 'gateway'],
    rules: {
      'lint/mandatory-columns': [
        'warning',
        {
          // A member has joined_at. The others are only added, with the time of what they record.
          except: ['users_organizations', 'server_requests', 'server_health_checks', 'audit_logs'],
        },
      ],
    },
  },
  zero: {
    out: './zero',
    rulesType: '../../../model/rule.ts',
    publication: 'gateway_zero',
    // The garden's schema is the default of this repository.
    defaultTypes: false,
    // Partitioned.
    tables: { serverRequests: false },
    manyToMany: { organizations: { membershipsUser: 'members' } },
  },
});
