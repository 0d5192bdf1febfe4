/**
 * The console's way to the engine: operations as the person who is signed in. Server only. The engine decides and
 * records; nothing here allows or refuses.
 */
import { cookies } from 'next/headers'
import { desk } from './desk.ts'
import { type ActionResult, EngineRefusal, type RefusalView, refusalIn } from './messages.ts'
import { calledName, type InputOf, OPERATIONS, type OperationName, type OutputOf } from './operations.ts'
import { readScope, SCOPE_COOKIE } from './scope.ts'
import { browserHeaders, requireSigned } from './session.ts'

export type AskOptions = {
  /** The Region of the page. Without one, the last that this browser looked at. */
  readonly region?: string
  /** A screen's own read, as opposed to a person's act: recorded as source console-read. */
  readonly reading?: boolean
  /** The id of another session of this browser, which asks instead of the one that is looked at. */
  readonly as?: string
}

export type Asked<N extends OperationName> = {
  readonly output: OutputOf<N>
  readonly eventId: string | null
  readonly requestId: string | null
}

async function regionOf(options: AskOptions, regions: readonly string[]): Promise<string | undefined> {
  if (options.region) return options.region
  const last = readScope((await cookies()).get(SCOPE_COOKIE)?.value)?.region
  return last && regions.includes(last) ? last : regions[0]
}

/** Runs one operation and gives its output with the event it left. Throws EngineRefusal. */
export async function call<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: AskOptions = {},
): Promise<Asked<N>> {
  const { session, browser } = await requireSigned()
  const region = await regionOf(options, session.regions)
  const answer = await desk(`/operations/${OPERATIONS[name].service}/${calledName(name)}`, input, {
    browser,
    session: options.as ?? session.id,
    ...(await browserHeaders()),
    ...(region && { region }),
    reading: options.reading ?? false,
  })
  // The desk answers what the operation list of the same release says.
  const { output, eventId, requestId } = answer as Partial<Asked<N>>
  return { output: (output ?? {}) as OutputOf<N>, eventId: eventId ?? null, requestId: requestId ?? null }
}

/** Reads for a screen. Throws EngineRefusal; pages that draw a refusal use `tryAsk`. */
export async function ask<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: AskOptions = {},
): Promise<OutputOf<N>> {
  return (await call(name, input, { reading: true, ...options })).output
}

/** Reads for a screen that draws the refusal too. */
export async function tryAsk<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: AskOptions = {},
): Promise<
  | { readonly output: OutputOf<N>; readonly refusal?: never }
  | { readonly output?: never; readonly refusal: RefusalView }
> {
  try {
    return { output: await ask(name, input, options) }
  } catch (thrown) {
    if (thrown instanceof EngineRefusal) return { refusal: thrown.refusal }
    throw thrown
  }
}

/** Acts for a person, and gives a result that can travel to the browser. */
export async function act<N extends OperationName>(
  name: N,
  input: InputOf<N>,
  options: AskOptions = {},
): Promise<ActionResult<OutputOf<N>>> {
  try {
    return { ok: true, ...(await call(name, input, options)) }
  } catch (thrown) {
    if (thrown instanceof EngineRefusal) return { ok: false, error: refusalIn(thrown) }
    throw thrown
  }
}

/** A verb of the desk that needs a signed-in person: principals, new-access-key, remove-sample. */
export async function deskVerb(
  verb: string,
  body: object = {},
  { reading = false }: Pick<AskOptions, 'reading'> = {},
): Promise<unknown> {
  const { session, browser } = await requireSigned()
  return desk(`/desk/${verb}`, body, { browser, session: session.id, ...(await browserHeaders()), reading })
}
