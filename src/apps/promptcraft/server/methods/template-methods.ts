import { ServiceError } from '../../../../services/service-error.ts';
import { diffTemplates, type TemplateDiff } from '../../prompts/diff-templates.ts';
import { renderTemplate } from '../../prompts/render-template.ts';
import type { Rendered } from '../../prompts/fill-template.ts';
import type { TemplateValue } from '../../prompts/template-variable.ts';
import type { PromptTemplateVersion } from '../../tables/prompt-template-versions.ts';
import type { PromptTemplate } from '../../tables/prompt-templates.ts';
import type { MethodContext } from './method-context.ts';
import { usePromptTemplate } from '../template-functions.ts';

/** New content of a template. */
export interface TemplateCommit extends Pick<PromptTemplate, 'templateContent' | 'variables'> {
  readonly message?: string;
}

export interface TemplateMethods {
  /** Changes the content of a template, which creates a version. */
  commitTemplate(id: string, commit: TemplateCommit): Promise<PromptTemplate>;
  /** Makes the content of an earlier version the present one, as a new version. */
  rollbackTemplate(id: string, version: number): Promise<PromptTemplate>;
  /** Gives a version a label, which it takes from another version. */
  labelTemplate(id: string, name: string, version: number): Promise<void>;
  /** The version with a label. */
  getTemplateByLabel(id: string, name: string): Promise<PromptTemplateVersion>;
  /** The difference between two versions. */
  diffTemplateVersions(id: string, before: number, after: number): Promise<TemplateDiff>;
  /** Renders a template, and counts the use if it succeeds. */
  useTemplate(id: string, values: Readonly<Record<string, TemplateValue>>): Promise<Rendered>;
}

export function templateMethods({ tables }: MethodContext): TemplateMethods {
  type Tables = Pick<typeof tables, 'promptTemplateLabels' | 'promptTemplateVersions'>;
  const find = async (services: Tables, templateId: string, version: number) => {
    const { rows } = await services.promptTemplateVersions.list({
      where: { templateId, version },
      limit: 1,
    });
    const [found] = rows;
    if (!found) throw new ServiceError({ code: 'not-found', table: 'prompt_template_versions' });
    return found;
  };
  const labelOf = async (services: Tables, templateId: string, name: string) => {
    const { rows } = await services.promptTemplateLabels.list({
      where: { templateId, name },
      limit: 1,
    });
    return rows[0];
  };
  return {
    commitTemplate: (id, { templateContent, variables, message = null }) =>
      tables.promptTemplates.update(id, { templateContent, variables, commitMessage: message }),
    rollbackTemplate: (id, version) =>
      tables.transaction(async (services) => {
        const { templateContent, variables } = await find(services, id, version);
        const commitMessage = `Roll back to version ${version}`;
        return services.promptTemplates.update(id, { templateContent, variables, commitMessage });
      }),
    labelTemplate: (id, name, version) =>
      tables.transaction(async (services) => {
        const { id: versionId } = await find(services, id, version);
        const label = await labelOf(services, id, name);
        await (label
          ? services.promptTemplateLabels.update(label.id, { versionId }, { columns: [] })
          : services.promptTemplateLabels.create(
              { templateId: id, name, versionId },
              { columns: [] },
            ));
      }),
    async getTemplateByLabel(id, name) {
      const label = await labelOf(tables, id, name);
      if (!label) throw new ServiceError({ code: 'not-found', table: 'prompt_template_labels' });
      return tables.promptTemplateVersions.get(label.versionId);
    },
    async diffTemplateVersions(id, before, after) {
      return diffTemplates(await find(tables, id, before), await find(tables, id, after));
    },
    useTemplate: (id, values) =>
      tables.transaction(async (services, tx) => {
        const template = await services.promptTemplates.get(id);
        const rendered = renderTemplate(template, values);
        if (rendered.ok) await usePromptTemplate(tx, id);
        return rendered;
      }),
  };
}
