/** A value of a variable. */
export type TemplateValue = string | number | boolean;

/** A variable of a template. */
export interface TemplateVariable {
  /** The name in its placeholder: letters, digits and _, and no digit first. */
  readonly name: string;
  readonly type: 'text' | 'number' | 'boolean' | 'choice';
  readonly description?: string;
  /** True by default. */
  readonly required?: boolean;
  /** The value if none is given. */
  readonly default?: TemplateValue;
  /** The values of a choice. */
  readonly choices?: readonly string[];
}

type ValueOf<Variable extends TemplateVariable> = Variable extends { readonly type: 'number' }
  ? number
  : Variable extends { readonly type: 'boolean' }
    ? boolean
    : Variable extends { readonly type: 'choice'; readonly choices: readonly (infer Choice)[] }
      ? Choice
      : string;

type Optional = { readonly required: false } | { readonly default: TemplateValue };

/** The values of a template, by the names of its variables. */
export type TemplateValues<Variables extends readonly TemplateVariable[]> =
  TemplateVariable extends Variables[number]
    ? Readonly<Record<string, TemplateValue>>
    : {
        readonly [V in Variables[number] as V extends Optional ? never : V['name']]: ValueOf<V>;
      } & {
        readonly [V in Variables[number] as V extends Optional ? V['name'] : never]?: ValueOf<V>;
      };
