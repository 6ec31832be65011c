/** What a migration without a given name is called: what its statements do first. */
export function nameMigration(statements: readonly string[]): string {
  const [made] = namesAfter(statements, 'CREATE TABLE(?: IF NOT EXISTS)?');
  const [changed] = namesAfter(
    statements,
    '(?:ALTER TABLE|DROP TABLE|POLICY "[^"]+" ON|INDEX .* ON)',
  );
  const name = made ? `create_${made}` : changed ? `change_${changed}` : 'change_schema';
  return name.replaceAll(/[^A-Za-z0-9_-]+/g, '_').slice(0, 60);
}

function namesAfter(statements: readonly string[], words: string): readonly string[] {
  const pattern = new RegExp(`\\b${words} (?:"[^"]+"\\.)?"(?<name>[^"]+)"`);
  return statements.flatMap((statement) => pattern.exec(statement)?.groups?.['name'] ?? []);
}
