// Made by `garden generate zero` from the access rules of the Drizzle schema, and made anew
// by the next run: change the rules, not this file.
/* eslint-disable */

import type { AccessRules } from '../../../model/rule.ts';

export const rules: AccessRules = {
  claims: {
    roles: { type: 'text[]', path: ['roles'] },
    sub: { type: 'uuid', path: ['sub'] },
  },
  tables: {
    account: {
      table: 'account',
      key: ['id'],
      columns: {
        id: 'uuid',
        name: 'text',
        avatar_url: 'text',
        created_at: 'moment',
        updated_at: 'moment',
      },
      read: { op: 'anyone' },
      insert: { op: 'compare', column: 'id', with: '=', value: { claim: 'sub', type: 'uuid' } },
      update: {
        from: { op: 'compare', column: 'id', with: '=', value: { claim: 'sub', type: 'uuid' } },
        to: { op: 'compare', column: 'id', with: '=', value: { claim: 'sub', type: 'uuid' } },
      },
      delete: { op: 'nobody' },
      serverOnly: [],
      immutable: ['id', 'created_at'],
    },
    package_dependencies: {
      table: 'package_dependencies',
      key: ['id'],
      columns: {
        id: 'uuid',
        package_id: 'uuid',
        version_id: 'uuid',
        dependency_name: 'text',
        dependency_package_id: 'uuid',
        dependency_version_range: 'text',
        resolved_version: 'text',
        resolved_version_id: 'uuid',
        resolution: 'text',
        dependency_type: 'text',
        created_at: 'moment',
      },
      read: {
        op: 'exists',
        table: 'packages',
        on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
        rule: { op: 'anyone' },
        rows: 'visible',
      },
      insert: {
        op: 'and',
        rules: [
          { op: 'role', role: 'worker' },
          {
            op: 'exists',
            table: 'packages',
            on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
        ],
      },
      update: {
        from: {
          op: 'and',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'exists',
              table: 'packages',
              on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
              rule: { op: 'anyone' },
              rows: 'visible',
            },
          ],
        },
        to: {
          op: 'and',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'exists',
              table: 'packages',
              on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
              rule: { op: 'anyone' },
              rows: 'visible',
            },
          ],
        },
      },
      delete: {
        op: 'and',
        rules: [
          { op: 'role', role: 'worker' },
          {
            op: 'exists',
            table: 'packages',
            on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
        ],
      },
      serverOnly: [],
      immutable: ['id', 'package_id', 'version_id', 'created_at'],
    },
    package_requests: {
      table: 'package_requests',
      key: ['id'],
      columns: {
        id: 'uuid',
        package_name: 'text',
        registry: 'text',
        requested_by: 'uuid',
        source_request_id: 'uuid',
        root_request_id: 'uuid',
        is_auto_queued: 'boolean',
        depth: 'integer',
        priority: 'integer',
        status: 'text',
        error_message: 'text',
        package_id: 'uuid',
        attempt_count: 'integer',
        run_at: 'moment',
        created_at: 'moment',
        updated_at: 'moment',
      },
      read: {
        op: 'or',
        rules: [
          {
            op: 'compare',
            column: 'requested_by',
            with: '=',
            value: { claim: 'sub', type: 'uuid' },
          },
          { op: 'or', rules: [{ op: 'role', role: 'admin' }, { op: 'role', role: 'worker' }] },
          {
            op: 'exists',
            table: 'package_requests',
            on: [{ other: 'id', own: 'root_request_id', type: 'uuid' }],
            rule: {
              op: 'compare',
              column: 'requested_by',
              with: '=',
              value: { claim: 'sub', type: 'uuid' },
            },
            rows: 'raw',
          },
        ],
      },
      insert: { op: 'role', role: 'worker' },
      update: {
        from: {
          op: 'or',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'and',
              rules: [
                {
                  op: 'compare',
                  column: 'requested_by',
                  with: '=',
                  value: { claim: 'sub', type: 'uuid' },
                },
                {
                  op: 'compare',
                  column: 'status',
                  with: '=',
                  value: { literal: 'pending', type: 'text' },
                },
              ],
            },
          ],
        },
        to: {
          op: 'or',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'and',
              rules: [
                {
                  op: 'compare',
                  column: 'requested_by',
                  with: '=',
                  value: { claim: 'sub', type: 'uuid' },
                },
                { op: 'in', column: 'status', values: { literals: ['cancelled'], type: 'text' } },
              ],
            },
          ],
        },
      },
      delete: { op: 'role', role: 'worker' },
      serverOnly: ['is_active', 'locked_by', 'locked_until'],
      immutable: [
        'id',
        'package_name',
        'registry',
        'requested_by',
        'source_request_id',
        'root_request_id',
        'is_auto_queued',
        'depth',
        'priority',
        'error_message',
        'package_id',
        'attempt_count',
        'run_at',
        'created_at',
      ],
    },
    package_tags: {
      table: 'package_tags',
      key: ['id'],
      columns: {
        id: 'uuid',
        package_id: 'uuid',
        tag_id: 'uuid',
        created_by: 'uuid',
        created_at: 'moment',
      },
      read: {
        op: 'and',
        rules: [
          {
            op: 'exists',
            table: 'packages',
            on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
          {
            op: 'exists',
            table: 'tags',
            on: [{ other: 'id', own: 'tag_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
        ],
      },
      insert: {
        op: 'and',
        rules: [
          { op: 'compare', column: 'created_by', with: '=', value: { claim: 'sub', type: 'uuid' } },
          {
            op: 'and',
            rules: [
              {
                op: 'exists',
                table: 'packages',
                on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
                rule: { op: 'anyone' },
                rows: 'visible',
              },
              {
                op: 'exists',
                table: 'tags',
                on: [{ other: 'id', own: 'tag_id', type: 'uuid' }],
                rule: { op: 'anyone' },
                rows: 'visible',
              },
            ],
          },
        ],
      },
      update: { from: { op: 'nobody' }, to: { op: 'nobody' } },
      delete: {
        op: 'and',
        rules: [
          {
            op: 'or',
            rules: [
              {
                op: 'compare',
                column: 'created_by',
                with: '=',
                value: { claim: 'sub', type: 'uuid' },
              },
              { op: 'role', role: 'admin' },
            ],
          },
          {
            op: 'and',
            rules: [
              {
                op: 'exists',
                table: 'packages',
                on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
                rule: { op: 'anyone' },
                rows: 'visible',
              },
              {
                op: 'exists',
                table: 'tags',
                on: [{ other: 'id', own: 'tag_id', type: 'uuid' }],
                rule: { op: 'anyone' },
                rows: 'visible',
              },
            ],
          },
        ],
      },
      serverOnly: [],
      immutable: ['id', 'package_id', 'tag_id', 'created_by', 'created_at'],
    },
    package_versions: {
      table: 'package_versions',
      key: ['id'],
      columns: {
        id: 'uuid',
        package_id: 'uuid',
        version: 'text',
        sort_key: 'text',
        is_prerelease: 'boolean',
        published_at: 'moment',
        yanked_at: 'moment',
        created_at: 'moment',
      },
      read: {
        op: 'exists',
        table: 'packages',
        on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
        rule: { op: 'anyone' },
        rows: 'visible',
      },
      insert: {
        op: 'and',
        rules: [
          { op: 'role', role: 'worker' },
          {
            op: 'exists',
            table: 'packages',
            on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
        ],
      },
      update: {
        from: {
          op: 'and',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'exists',
              table: 'packages',
              on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
              rule: { op: 'anyone' },
              rows: 'visible',
            },
          ],
        },
        to: {
          op: 'and',
          rules: [
            { op: 'role', role: 'worker' },
            {
              op: 'exists',
              table: 'packages',
              on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
              rule: { op: 'anyone' },
              rows: 'visible',
            },
          ],
        },
      },
      delete: {
        op: 'and',
        rules: [
          { op: 'role', role: 'worker' },
          {
            op: 'exists',
            table: 'packages',
            on: [{ other: 'id', own: 'package_id', type: 'uuid' }],
            rule: { op: 'anyone' },
            rows: 'visible',
          },
        ],
      },
      serverOnly: [],
      immutable: ['id', 'package_id', 'created_at'],
    },
    packages: {
      table: 'packages',
      key: ['id'],
      columns: {
        id: 'uuid',
        name: 'text',
        registry: 'text',
        description: 'text',
        homepage: 'text',
        repository: 'text',
        etag: 'text',
        last_fetch_attempt: 'moment',
        last_fetch_success: 'moment',
        deleted_at: 'moment',
        deleted_by: 'uuid',
        created_at: 'moment',
        updated_at: 'moment',
      },
      read: {
        op: 'or',
        rules: [
          { op: 'null', column: 'deleted_at' },
          { op: 'or', rules: [{ op: 'role', role: 'admin' }, { op: 'role', role: 'worker' }] },
        ],
      },
      insert: { op: 'role', role: 'worker' },
      update: {
        from: {
          op: 'or',
          rules: [
            { op: 'role', role: 'admin' },
            {
              op: 'and',
              rules: [{ op: 'role', role: 'worker' }, { op: 'null', column: 'deleted_at' }],
            },
          ],
        },
        to: {
          op: 'or',
          rules: [
            { op: 'role', role: 'admin' },
            {
              op: 'and',
              rules: [{ op: 'role', role: 'worker' }, { op: 'null', column: 'deleted_at' }],
            },
          ],
        },
      },
      delete: { op: 'nobody' },
      serverOnly: [],
      immutable: ['id', 'created_at'],
    },
    tags: {
      table: 'tags',
      key: ['id'],
      columns: {
        id: 'uuid',
        name: 'text',
        slug: 'text',
        description: 'text',
        color: 'text',
        deleted_at: 'moment',
        deleted_by: 'uuid',
        created_at: 'moment',
        updated_at: 'moment',
      },
      read: {
        op: 'or',
        rules: [{ op: 'null', column: 'deleted_at' }, { op: 'role', role: 'admin' }],
      },
      insert: { op: 'role', role: 'admin' },
      update: { from: { op: 'role', role: 'admin' }, to: { op: 'role', role: 'admin' } },
      delete: { op: 'nobody' },
      serverOnly: [],
      immutable: ['id', 'created_at'],
    },
  },
};
