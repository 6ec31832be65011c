/** A part of a framework's prompt. */
export interface FrameworkComponent {
  /** The name of its placeholder. */
  readonly key: string;
  readonly name: string;
  /** What to write there. */
  readonly description: string;
}

/** Values of all components, as a pattern to follow. */
export interface FrameworkExample {
  readonly title: string;
  readonly values: Readonly<Record<string, string>>;
}

/** A framework for prompts. */
export interface Framework {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly components: readonly FrameworkComponent[];
  /** Text with a placeholder {{key}} for each component. */
  readonly template: string;
  readonly examples: readonly FrameworkExample[];
}

/** Checks a framework's type, and keeps the keys of its components in the type. */
export const defineFramework = <const Defined extends Framework>(framework: Defined): Defined =>
  framework;
