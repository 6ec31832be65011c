/** Modules that use the types with supabase-js; `tsc` checks them. */
export const mcpUse = `import { createClient } from '@supabase/supabase-js'
import type { Database } from './mcp/ours.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const check = <T extends true>(..._: T[]): void => undefined
const supabase = createClient<Database>('http://127.0.0.1', 'key')

export async function use(id: string): Promise<void> {
  const { data } = await supabase
    .from('packages')
    .select('name, tags, categories(name), package_versions(version), package_usage(use_count)')
    .single()
  if (data === null) return
  check<Same<typeof data.tags, string[]>>()
  check<Same<typeof data.categories, { name: string } | null>>()
  check<Same<typeof data.package_versions, { version: number }[]>>()
  // The foreign key of package_usage is unique, so there is at most one.
  check<Same<typeof data.package_usage, { use_count: number } | null>>()
  await supabase.from('package_shares').insert({ id, package_id: id, user_id: id, created_at: '2026-01-01T00:00:00Z' })
  await supabase.from('packages').update({ visibility: 'public' }).eq('id', id)
  // @ts-expect-error -- A generated column cannot be set.
  await supabase.from('packages').update({ words: 'a' })
  const { data: found } = await supabase.rpc('search_packages', { words: 'postgres', any_tags: ['sql'] })
  check<Same<NonNullable<typeof found>[number]['rank'], number>>()
  const { data: uses } = await supabase.rpc('record_package_use', { package: id })
  check<Same<NonNullable<typeof uses>, number>>()
  // @ts-expect-error -- There is no such argument.
  await supabase.rpc('search_packages', { user: id })
}
`;

export const libraryUse = `import { createClient } from '@supabase/supabase-js'
import type { Database, Enums, Json, Tables, TablesInsert, TablesUpdate } from './library/ours.ts'
import type { Tables as ClientTables } from './library/client.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const check = <T extends true>(..._: T[]): void => undefined
const supabase = createClient<Database>('http://127.0.0.1', 'key')

export async function use(): Promise<void> {
  const { data } = await supabase
    .from('books')
    .select('title, shelf, authors(name, mentor), copies(id, place)')
    .single()
  if (data === null) return
  check<Same<typeof data.shelf, 'fiction' | 'science' | 'a shelf with a very long name indeed'>>()
  check<Same<typeof data.authors, { name: string; mentor: string | null }>>()
  // The foreign key of copies is unique, so there is at most one.
  check<Same<typeof data.copies, { id: number; place: string | null } | null>>()
  const { data: authors } = await supabase.from('authors').select('*, profiles(links), books(title)')
  check<Same<NonNullable<typeof authors>[number]['books'], { title: string }[]>>()
  check<Same<NonNullable<typeof authors>[number]['profiles'], { links: NonNullable<Json> } | null>>()

  const { data: found } = await supabase.rpc('books_of', { writer: 'x' }).select('title, authors(name)')
  check<Same<NonNullable<typeof found>[number], { title: string; authors: { name: string } }>>()
  const { data: counts } = await supabase.rpc('shelf_counts', { kinds: ['fiction'] })
  check<Same<NonNullable<typeof counts>[number]['how many'], number>>()
  const { data: short } = await supabase.from('short_books').select('title, copies(place)')
  check<Same<NonNullable<typeof short>[number]['title'], string | null>>()
  // @ts-expect-error -- There is no such shelf.
  await supabase.rpc('shelf_counts', { kinds: ['poetry'] })

  await supabase.from('authors').insert({ name: 'Ann', client_default: 'y' })
  await supabase.from('books').update({ title: 'New' }).eq('number', 1)
  // @ts-expect-error -- Drizzle's default does not exist in the database.
  await supabase.from('authors').insert({ name: 'Ann' })
  // @ts-expect-error -- An identity column GENERATED ALWAYS cannot be set.
  await supabase.from('copies').insert({ id: 1, publisher: 1, book: 1 })
  // @ts-expect-error -- There is no such column.
  await supabase.from('books').update({ titel: 'New' })
}

check<Same<Tables<'authors'>['secret'], string | null>>()
check<Same<keyof ClientTables<'authors'>, 'id' | 'name' | 'mentor' | 'client_default'>>()
check<Same<Tables<{ schema: 'public' }, 'copies'>, Tables<'copies'>>>()
export const copy: TablesInsert<'copies'> = { publisher: 1, book: 2 }
export const profile: TablesUpdate<'profiles'> = { tags: ['a'] }
check<Same<Enums<'shelf'>, Tables<'books'>['shelf']>>()
`;
