import { cookies } from 'next/headers'
import { scopeOf } from '#app/_frame/signed-frame.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import type { RefusalView } from '#lib/console/messages.ts'
import type { InputOf, OutputOf, ReadName } from '#lib/console/operations.ts'
import { SCOPE_COOKIE, type Scope } from '#lib/console/scope.ts'
import { type CurrentSession, requireSession } from '#lib/console/session.ts'

/** Who looks, and the Region that code and keys are shown for: the last one that was looked at. */
export async function loadScope(): Promise<{ session: CurrentSession; scope: Scope }> {
  const session = await requireSession()
  return { session, scope: scopeOf(session, (await cookies()).get(SCOPE_COOKIE)?.value) }
}

type Paged = { readonly IsTruncated: boolean; readonly Marker?: string }
type PagedName = { [N in ReadName]: OutputOf<N> extends Paged ? N : never }[ReadName]

export type Loaded<T> =
  | { readonly output: T; readonly refusal?: never }
  | { readonly output?: never; readonly refusal: RefusalView }

const PAGE = 1000
/** IAM's largest list, of 5,000 users, is five pages. */
const MOST_PAGES = 10

/** All pages of a list of IAM, which its quotas keep short. */
export async function loadAll<N extends PagedName, T>(
  name: N,
  input: InputOf<N>,
  rowsOf: (output: OutputOf<N>) => readonly T[],
): Promise<Loaded<readonly T[]>> {
  const all: T[] = []
  let marker: string | undefined
  for (let page = 0; page < MOST_PAGES; page += 1) {
    // Every paged input has these two.
    const asked = { ...input, MaxItems: PAGE, ...(marker && { Marker: marker }) } as InputOf<N>
    const { output, refusal } = await tryAsk(name, asked)
    if (refusal) return { refusal }
    all.push(...rowsOf(output))
    // By PagedName.
    marker = (output as Paged).Marker
    if (marker === undefined) break
  }
  return { output: all }
}

export const nameIn = async (params: Promise<{ name: string }>): Promise<string> =>
  decodeURIComponent((await params).name)
