import { defineGarden } from '../../project/config.ts';

export default defineGarden({
  validate: {
    presets: ['recommended', 'zero', 'house', 'gateway'],
    rules: {
      'lint/mandatory-columns': [
        'warning',
        {
          // A member has joined_at. The others are only added, with the time of what they record.
          except: [
            'users_organizations',
            'server_requests',
            'server_health_checks',
            'audit_logs',
            'server_request_hours',
            'server_request_days',
            'organization_request_hours',
          ],
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
    // Partitioned; and what dashboards read from the server.
    tables: {
      serverRequests: false,
      serverRequestHours: false,
      serverRequestDays: false,
      organizationRequestHours: false,
    },
    manyToMany: { organizations: { membershipsUser: 'members' } },
  },
});
