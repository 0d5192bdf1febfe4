/**
 * A call of the playground as one of the sessions of a browser, and how it was decided. The engine takes only sessions
 * that hang on the browser that asks; nothing here chooses whom to be.
 */
import { act, call } from './engine.ts'
import { type ActionResult, EngineRefusal } from './messages.ts'
import type { OperationName, OutputOf } from './operations.ts'

export type PlayedAs = {
  readonly result: ActionResult<Readonly<Record<string, unknown>>>
  /** Asked as the same person: everyone may read how their own calls were decided. */
  readonly explanation: OutputOf<'ExplainEvent'> | null
  readonly milliseconds: number
}

type Play = {
  readonly session: string
  readonly region: string
  readonly name: OperationName
  readonly input: object
}

async function explained(eventId: string | null, { session: as, region }: Play) {
  if (eventId === null) return null
  try {
    return (await call('ExplainEvent', { EventId: eventId }, { as, region, reading: true })).output
  } catch (thrown) {
    if (thrown instanceof EngineRefusal) return null
    throw thrown
  }
}

export async function playAs(play: Play): Promise<PlayedAs> {
  const { session: as, region, name } = play
  const began = performance.now()
  // The engine checks the input against the operation's schema; its output is drawn member by member.
  const result = (await act(name, play.input as never, { as, region })) as PlayedAs['result']
  const milliseconds = performance.now() - began
  const { eventId } = result.ok ? result : result.error
  return { result, explanation: await explained(eventId, play), milliseconds }
}
