/** Which steps of the separation lab are done, by the events that the log has. Pure. */
import type { OutputOf } from '#lib/console/operations.ts'

/** As it crossed the wire: moments are epoch seconds. */
export type Progress = OutputOf<'LabProgress'>
export type LabEvent = Progress['Done'][number]

/** By the number of the step: the event that proves it. */
export type Checks = ReadonlyMap<number, LabEvent>

type Wanted = { readonly actor: string; readonly event: string; readonly outcome: string }

const is =
  ({ actor, event, outcome }: Wanted) =>
  ({ Actor, Event, Outcome }: LabEvent) =>
    Actor === actor && Event === event && Outcome === outcome

const ok = (actor: string, event: string) => is({ actor, event, outcome: 'ok' })
const denied = (actor: string, event: string) => is({ actor, event, outcome: 'denied' })

/** The same request as two people is two events, close together. */
const TOGETHER_SECONDS = 10

function sideBySide(done: readonly LabEvent[]): LabEvent | undefined {
  const right = done.filter(ok('bob', 'Decrypt'))
  return done
    .filter(denied('alice', 'Decrypt'))
    .find(({ At }) => right.some((one) => Math.abs(one.At - At) <= TOGETHER_SECONDS))
}

/** Both ways, in the order that makes sense. */
function roundTrip(done: readonly LabEvent[]): LabEvent | undefined {
  const sealed = done.findIndex(ok('bob', 'Encrypt'))
  return sealed < 0 ? undefined : done.slice(sealed).find(ok('bob', 'Decrypt'))
}

/** The event of carol's opening one of these. */
const openedBy = (opened: Progress['Opened'], which: readonly LabEvent[]) =>
  opened.find(({ Actor, Of }) => Actor === 'carol' && which.some(({ Id }) => Id === Of))

/** Step 7 is not here: it leaves no event, and whoever does it says so. */
export function checksOf({ Done, Opened }: Pick<Progress, 'Done' | 'Opened'>): Checks {
  const changes = Done.filter(ok('alice', 'PutKeyPolicy'))
  const [first, ...later] = changes
  const proofs: readonly (readonly [number, LabEvent | undefined])[] = [
    [1, Done.find(ok('alice', 'CreateKey'))],
    [2, Done.find(denied('alice', 'Encrypt'))],
    [3, roundTrip(Done)],
    [4, Done.find(denied('bob', 'DisableKey'))],
    [5, sideBySide(Done)],
    [
      6,
      openedBy(
        Opened,
        Done.filter(({ Outcome }) => Outcome === 'denied'),
      ),
    ],
    [8, first],
    [9, openedBy(Opened, changes)],
    [10, later.at(-1)],
  ]
  return new Map(proofs.flatMap(([number, event]) => (event ? [[number, event] as const] : [])))
}

/** "alice was denied Encrypt": for whoever wonders what the log has instead. */
export function didWhat({ Actor, Event, Outcome, ErrorCode }: LabEvent): string {
  const who = Actor ?? 'Keyhouse'
  if (Outcome === 'ok') return `${who} called ${Event}`
  return Outcome === 'denied'
    ? `${who} was denied ${Event}`
    : `${who} called ${Event}, which failed (${ErrorCode})`
}
