import type { AccessRules, Rule, TableRules } from '../../src/model/rule.ts';

/** Maps every rule of a schema, nested rules first. */
export function mapRules(
  rules: AccessRules,
  change: (rule: Rule, table: TableRules) => Rule,
): AccessRules {
  return mapTables(rules, (table) => {
    const all = (rule: Rule): Rule => mapRule(rule, (part) => change(part, table));
    return {
      ...table,
      read: all(table.read),
      insert: all(table.insert),
      update: { from: all(table.update.from), to: all(table.update.to) },
      delete: all(table.delete),
    };
  });
}

export function mapTables(
  rules: AccessRules,
  change: (table: TableRules) => TableRules,
): AccessRules {
  return {
    ...rules,
    tables: Object.fromEntries(
      Object.entries(rules.tables).map(([name, table]) => [name, change(table)]),
    ),
  };
}

function mapRule(rule: Rule, change: (rule: Rule) => Rule): Rule {
  const again = (part: Rule): Rule => mapRule(part, change);
  switch (rule.op) {
    case 'and':
    case 'or':
      return change({ op: rule.op, rules: rule.rules.map(again) });
    case 'not':
    case 'exists':
      return change({ ...rule, rule: again(rule.rule) });
    default:
      return change(rule);
  }
}

/** Rules in which references to other tables' rules are expanded. */
export function spellOut(rules: AccessRules): AccessRules {
  const written = (rule: Rule): Rule =>
    mapRule(rule, (part) => {
      if (part.op !== 'exists' && part.op !== 'can') return part;
      if (part.op === 'exists' && part.rows === 'raw') return part;
      const { op, table, on } = part;
      const other = rules.tables[table] as TableRules;
      const whose =
        op === 'exists'
          ? [other.read, part.rule]
          : part.operation === 'update'
            ? [other.read, other.update.from]
            : part.operation === 'delete'
              ? [other.read, other.delete]
              : [other[part.operation]];
      return { op: 'exists', table, on, rule: written({ op: 'and', rules: whose }), rows: 'raw' };
    });
  return mapTables(rules, (table) => ({
    ...table,
    read: written(table.read),
    insert: written(table.insert),
    update: { from: written(table.update.from), to: written(table.update.to) },
    delete: written(table.delete),
  }));
}
