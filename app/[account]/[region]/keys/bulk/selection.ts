'use client'

import { useState } from 'react'
import { MOST_KEYS } from '#lib/console/bulk.ts'
import type { InputOf, OutputOf } from '#lib/console/operations.ts'
import { paths } from '#lib/console/paths.ts'
import { fetchJson } from '#lib/console/queries.ts'
import type { ListedKey } from '../key-search.ts'

/** Some keys by their ids, or everything that fits the filter but a few. */
type Chosen =
  | { readonly kind: 'ids'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'query'; readonly except: ReadonlySet<string> }

export type Selection = {
  readonly chosen: Chosen
  readonly has: (id: string) => boolean
  /** How many of the list are selected. */
  readonly count: number
  readonly toggle: (id: string, shift?: boolean) => void
  readonly set: (ids: readonly string[], on: boolean) => void
  readonly selectQuery: () => void
  readonly clear: () => void
  /** While a deed is asked about or running, its keys stay what they are. */
  readonly locked: boolean
}

const NONE: Chosen = { kind: 'ids', ids: new Set() }

type Shown = { readonly total: number; readonly loaded: readonly ListedKey[]; readonly locked: boolean }

/** A selection belongs to a filter and a Region: it outlives scrolling, sorting and fetching again, and nothing else. */
export function useSelection(question: string, { total, loaded, locked }: Shown): Selection {
  const [state, setState] = useState({ question, chosen: NONE, anchor: '' })
  const { chosen, anchor } = state.question === question ? state : { chosen: NONE, anchor: '' }
  const keep = (next: Chosen, from = anchor) => setState({ question, chosen: next, anchor: from })
  const has = (id: string) => (chosen.kind === 'ids' ? chosen.ids.has(id) : !chosen.except.has(id))
  function set(ids: readonly string[], on: boolean, from = anchor) {
    const held = new Set(chosen.kind === 'ids' ? chosen.ids : chosen.except)
    for (const id of ids) {
      if (on === (chosen.kind === 'ids')) held.add(id)
      else held.delete(id)
    }
    keep(chosen.kind === 'ids' ? { kind: 'ids', ids: held } : { kind: 'query', except: held }, from)
  }
  function toggle(id: string, shift = false) {
    const from = loaded.findIndex((key) => key.id === anchor)
    const to = loaded.findIndex((key) => key.id === id)
    if (!shift || from === -1 || to === -1) return set([id], !has(id), id)
    const range = loaded.slice(Math.min(from, to), Math.max(from, to) + 1)
    set(
      range.map((key) => key.id),
      true,
      id,
    )
  }
  return {
    chosen,
    has,
    count: chosen.kind === 'ids' ? chosen.ids.size : Math.max(0, total - chosen.except.size),
    toggle,
    set,
    selectQuery: () => keep({ kind: 'query', except: new Set() }),
    clear: () => keep(NONE, ''),
    locked,
  }
}

type Page = OutputOf<'SearchKeys'>

async function search(region: string, input: InputOf<'SearchKeys'>, signal: AbortSignal): Promise<Page> {
  // Typed by the operation that the path names.
  return (await fetchJson(paths.engine('SearchKeys', region, input), { signal })) as Page
}

const IDS_PER_FILTER = 50
const PAGE = 200

/** The selected keys as they are now, up to 1,000 of them. Throws EngineRefusal. */
export async function gather(
  chosen: Chosen,
  { region, filter }: { region: string; filter: string },
  signal: AbortSignal,
): Promise<ListedKey[]> {
  const keys: ListedKey[] = []
  if (chosen.kind === 'ids') {
    const ids = [...chosen.ids].slice(0, MOST_KEYS)
    for (let at = 0; at < ids.length; at += IDS_PER_FILTER) {
      const some = ids.slice(at, at + IDS_PER_FILTER)
      keys.push(...(await search(region, { Filter: `id:${some.join(',')}`, Limit: PAGE }, signal)).Keys)
    }
    return keys
  }
  let cursor: string | undefined
  do {
    const input = { ...(filter && { Filter: filter }), Limit: PAGE, ...(cursor && { Cursor: cursor }) }
    const page = await search(region, input, signal)
    keys.push(...page.Keys.filter(({ id }) => !chosen.except.has(id)))
    cursor = page.NextCursor
  } while (cursor && keys.length < MOST_KEYS)
  return keys.slice(0, MOST_KEYS)
}
