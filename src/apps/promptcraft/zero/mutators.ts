import { ApplicationError, defineMutators, defineMutatorWithType } from '@rocicorp/zero';
import * as z from 'zod/v4/mini';
import { moment, rowId } from '../../../guard/crud/arguments.ts';
import { crudMutators } from '../../../guard/crud/crud-mutators.ts';
import { feedbackStatuses } from '../tables/feedback.ts';
import type { PromptcraftPrincipal } from './principal.ts';
import { checks } from './zero-checks.gen.ts';
import { schema, zql } from './zero-schema.gen.ts';

const defineMutator = defineMutatorWithType<typeof schema, PromptcraftPrincipal>();

const version = z.int().check(z.gte(1));
const noVersion = (number: number): ApplicationError<{ code: string }> =>
  new ApplicationError(`the template has no version ${number}.`, {
    details: { code: 'promptcraft/no-version' },
  });

/**
 * Mutators of prompts, templates and feedback. `rows.TABLE.insert`, `update` and `delete` write
 * single rows; the access rules decide. A client sets ids, times and switches itself.
 */
export const mutators = /* @__PURE__ */ defineMutators({
  templates: {
    /** Makes the content of an earlier version the present one, as a new version. */
    rollback: defineMutator(
      z.strictObject({ id: rowId, version, at: moment }),
      async ({ tx, args: { id, version: wanted, at } }) => {
        const found = await tx.run(
          zql.promptTemplateVersions.where('templateId', id).where('version', wanted).one(),
        );
        if (!found) throw noVersion(wanted);
        const { templateContent, variables } = found;
        const commitMessage = `Roll back to version ${wanted}`;
        await tx.mutate.promptTemplates.update({
          id,
          templateContent,
          variables,
          commitMessage,
          updatedAt: at,
        });
      },
    ),
    /** Gives a version a label, which it takes from another version. */
    label: defineMutator(
      z.strictObject({
        /** The id of the label, if the template does not have it yet. */
        id: rowId,
        templateId: rowId,
        name: z.string().check(z.maxLength(50), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
        version,
        at: moment,
      }),
      async ({ tx, args: { id, templateId, name, version: wanted, at } }) => {
        const [found, label] = [
          await tx.run(
            zql.promptTemplateVersions
              .where('templateId', templateId)
              .where('version', wanted)
              .one(),
          ),
          await tx.run(
            zql.promptTemplateLabels.where('templateId', templateId).where('name', name).one(),
          ),
        ];
        if (!found) throw noVersion(wanted);
        if (label) {
          await tx.mutate.promptTemplateLabels.update({
            id: label.id,
            versionId: found.id,
            updatedAt: at,
          });
        } else {
          await tx.mutate.promptTemplateLabels.insert({
            id,
            templateId,
            name,
            versionId: found.id,
            createdAt: at,
            updatedAt: at,
          });
        }
      },
    ),
  },
  feedback: {
    /** Answers feedback as an administrator. The database sets the time and the administrator. */
    answer: defineMutator(
      z.strictObject({
        id: rowId,
        response: z.string().check(z.maxLength(20_000)),
        status: z._default(z.enum(feedbackStatuses), 'resolved'),
        at: moment,
      }),
      ({ tx, args: { id, response, status, at } }) =>
        tx.mutate.feedback.update({ id, adminResponse: response, status, updatedAt: at }),
    ),
  },
  // The database and the server write versions, usage, notifications, sessions and reports.
  rows: crudMutators(schema, {
    checks,
    tables: [
      'apiConfigurations',
      'apiModels',
      'apiProviders',
      'feedback',
      'feedbackCategories',
      'feedbackTagLinks',
      'feedbackTags',
      'promptFrameworks',
      'promptHistory',
      'promptTemplateLabels',
      'promptTemplates',
      'settings',
      'userNotifications',
      'userPreferences',
      'userProfiles',
      'userSessions',
      'users',
    ],
  }),
});
