/** Filters that a person gave names to, as they are kept: by name, each name once. */

export type SavedFilter = { readonly name: string; readonly filter: string }

export const LONGEST_NAME = 60
const MOST = 50

const isSaved = (value: unknown): value is SavedFilter =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  'filter' in value &&
  typeof value.name === 'string' &&
  typeof value.filter === 'string'

const byName = (a: SavedFilter, b: SavedFilter) => a.name.localeCompare(b.name, 'en')

/** What a browser kept, as far as it still makes sense. */
export function readSaved(text: string | null): readonly SavedFilter[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(kept) ? kept.filter(isSaved) : []
  } catch {
    return []
  }
}

/** With one more, or with the one of this name changed. */
export const withSaved = (all: readonly SavedFilter[], one: SavedFilter): readonly SavedFilter[] =>
  [...all.filter(({ name }) => name !== one.name), one].toSorted(byName)

/** Why a filter can't be saved under a name. */
export function nameFault(all: readonly SavedFilter[], typed: string): string | undefined {
  const name = typed.trim()
  if (name === '') return 'Give the filter a name.'
  if (all.some((one) => one.name === name)) return 'There is a filter of this name.'
  return all.length >= MOST ? `At most ${MOST} filters can be saved. Delete one first.` : undefined
}

export type Standing = {
  /** The saved filter that is in force, or that what is in force began as. */
  readonly active: SavedFilter | undefined
  readonly edited: boolean
}

/** Where the filter in force stands: that of the chosen name, changed or not, else one that says the same. */
export function standingOf(
  all: readonly SavedFilter[],
  filter: string,
  chosen: string | undefined,
): Standing {
  if (filter === '') return { active: undefined, edited: false }
  const same = all.find((one) => one.filter === filter)
  const active = all.find(({ name }) => name === chosen) ?? same
  return { active, edited: active !== undefined && active.filter !== filter }
}
