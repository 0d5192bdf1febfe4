import { z } from 'zod'
import { call } from '#lib/console/engine.ts'
import { actAs, requireLab } from '#lib/console/lab.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const Sent = z.object({
  region: z.string().max(30),
  keyId: z.string().max(64),
  alias: z.string().startsWith('alias/lab/').max(256),
})

/** A lab's key goes as any key goes: after a waiting period. */
const SHORTEST_DAYS = 7

/** As alice: takes the lab's alias away and schedules the deletion of its key. */
export const POST = (request: Request): Promise<Response> =>
  answer(async () => {
    await requireOwnOrigin()
    const sent = Sent.safeParse(await request.json().catch(() => undefined))
    if (!sent.success) {
      const message = 'A lab has a Region, a key and an alias under alias/lab/.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    const { region, keyId, alias } = sent.data
    const as = await actAs(await requireLab(), 'alice', { stay: true })
    const options = { as, region }
    const { output } = await call('DescribeKey', { KeyId: alias }, { ...options, reading: true })
    // The alias says which key is the lab's: no other is taken away here.
    if (output.KeyMetadata.KeyId !== keyId) {
      const message = `${alias} points to another key.`
      throw new EngineRefusal({ code: 'ConflictException', message, requestId: null, eventId: null })
    }
    const deletion = { KeyId: keyId, PendingWindowInDays: SHORTEST_DAYS }
    const scheduled = await call('ScheduleKeyDeletion', deletion, options)
    await call('DeleteAlias', { AliasName: alias }, options)
    return scheduled.output
  })
