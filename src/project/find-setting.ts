import { entriesOf, follow } from '../read/drizzle/source/follow.ts';
import { fileScope, type Ref } from '../read/drizzle/source/scope.ts';
import { openSources, type Sources } from '../read/drizzle/source/sources.ts';
import type { NamedPlace } from '../report/place.ts';
import type { SettingPath } from '../report/problem.ts';
import { showSetting } from '../report/show-setting.ts';

/** The place of a setting in a config, as precisely as the text shows it. */
export function findSetting(file: string, path: SettingPath): NamedPlace {
  const sources = openSources();
  let place: NamedPlace = { file };
  let ref = configOf(sources, file);
  for (const key of path) {
    if (ref === undefined) break;
    const entry = entriesOf(sources, ref).entries.get(key);
    if (entry === undefined) break;
    place = entry.file.placeOf(entry.start);
    ref = entry.ref;
  }
  return { ...place, name: showSetting(path) };
}

/** The exported object, or the argument of the function that creates the export. */
function configOf(sources: Sources, file: string): Ref | undefined {
  const exported = sources.exported(file, 'default');
  if (exported?.kind !== 'value' || exported.value.node === undefined) return undefined;
  const made = follow(sources, { node: exported.value.node, scope: fileScope(exported.file) });
  if (made.kind !== 'node') return undefined;
  if (made.node.type !== 'CallExpression') return made;
  const [config] = made.node.arguments;
  return config === undefined || config.type === 'SpreadElement'
    ? undefined
    : { node: config, scope: made.scope };
}
