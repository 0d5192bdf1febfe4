/** The change that made a refusal: the last one between the last success of the same request and now, or then. */
import { type Moment, turningBefore } from '#lib/audit/usage/access-log.ts'
import type { Turning } from '#lib/domain/access.ts'
import type { Principal } from '#lib/domain/caller.ts'
import type { Call } from '#lib/engine/call.ts'

/** The log names operations; ReEncrypt asks for two actions. */
const eventOf = (action: string) => {
  const name = action.slice(action.indexOf(':') + 1)
  return name.startsWith('ReEncrypt') ? 'ReEncrypt' : name
}

/** Of a role every session counts: whatever worked, worked for the role. */
const actorOf = ({ arn, role }: Principal) => (role ? arn.slice(0, arn.lastIndexOf('/') + 1) : arn)

/** Later than every id there is. */
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

type Refused = {
  readonly principal: Principal
  readonly action: string
  readonly keyId: string
  /** The call's own, unless it is an event's. */
  readonly region?: string
  /** Of the refusal; absent for now. */
  readonly moment?: Moment
}

export async function turningOf(call: Call, refused: Refused): Promise<Turning | null> {
  const { principal, action, keyId } = refused
  const { services, account } = call
  const { region = call.region } = refused
  if (!refused.moment) await services.sequencer.catchUp()
  const moment = refused.moment ?? { at: services.clock.real(), id: LAST_ID }
  const change = await turningBefore(
    services.reader,
    {
      key: { account, region, id: keyId },
      event: eventOf(action),
      actor: actorOf(principal),
      identities: [principal.arn, ...(principal.role ? [principal.role.arn] : [])],
    },
    moment,
  )
  return change ? { EventId: change.id, EventName: change.event, At: change.at, By: change.by } : null
}
