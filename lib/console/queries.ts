/**
 * Reads by the browser, for react-query: one key and one fetch per operation and input. A page asks first on the
 * server and hands the answer over (app/_frame/prefetch.tsx); from then on these fetch.
 */
import { type QueryKey, queryOptions } from '@tanstack/react-query'
import { EngineRefusal, type RefusalView, refusalIn } from './messages.ts'
import type { InputOf, OperationName, OutputOf, ReadName } from './operations.ts'
import { paths } from './paths.ts'

/** The key under which an answer is kept. Account and Region come first: another scope shares nothing. */
export const readKey = (
  account: string,
  region: string | undefined,
  name: ReadName,
  input: object,
): QueryKey => [account, region ?? '', name, input]

const hasError = (body: unknown): body is { error: RefusalView } =>
  typeof body === 'object' && body !== null && 'error' in body

/** A JSON answer of one of our route handlers; with a body, it is posted. Throws EngineRefusal. */
export async function fetchJson(
  path: string,
  options: { signal?: AbortSignal; body?: object } = {},
): Promise<unknown> {
  const { signal, body: sent } = options
  const posted = sent && { method: 'POST', body: JSON.stringify(sent) }
  let answer: Response
  try {
    answer = await fetch(path, {
      headers: { accept: 'application/json' },
      cache: 'no-store',
      ...posted,
      ...(signal && { signal }),
    })
  } catch (thrown) {
    if (signal?.aborted) throw thrown
    throw new EngineRefusal(refusalIn(undefined))
  }
  const body: unknown = await answer.json().catch(() => undefined)
  if (hasError(body)) throw new EngineRefusal(body.error)
  if (!answer.ok) throw new EngineRefusal(refusalIn(undefined))
  return body
}

/** Query options of a read: `useQuery(read(scope.account, scope.region, 'ListAliases', {}))`. */
export function read<N extends ReadName>(
  account: string,
  region: string | undefined,
  name: N,
  input: InputOf<N>,
) {
  return queryOptions({
    queryKey: readKey(account, region, name, input),
    // Typed by the operation that the path names.
    queryFn: ({ signal }) => fetchJson(paths.engine(name, region, input), { signal }) as Promise<OutputOf<N>>,
  })
}

/**
 * Query options of a question that carries a policy: posted, because that is too long for an address, and given up when
 * another is asked in its place.
 */
export function question<N extends OperationName>(
  account: string,
  region: string | undefined,
  name: N,
  input: InputOf<N>,
) {
  return queryOptions({
    queryKey: [account, region ?? '', name, input],
    queryFn: ({ signal }) => askQuestion(region, name, input, signal),
    gcTime: QUESTION_KEPT_MS,
  })
}

const QUESTION_KEPT_MS = 60_000

/** One question that carries a policy. Throws EngineRefusal. */
export const askQuestion = <N extends OperationName>(
  region: string | undefined,
  name: N,
  input: InputOf<N>,
  signal: AbortSignal,
): Promise<OutputOf<N>> =>
  // Typed by the operation that the path names.
  fetchJson(paths.policyQuestion(name), { signal, body: { ...(region && { region }), input } }) as Promise<
    OutputOf<N>
  >
