import { z } from 'zod'
import { PLAYED } from '#components/playground/played.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { type PlayedAs, playAs } from '#lib/console/play-as.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const Sent = z.object({
  session: z.uuid(),
  region: z.string().max(30),
  name: z.enum(PLAYED),
  input: z.record(z.string(), z.unknown()),
})

/**
 * One call of the playground as one of the sessions of this browser, with its trace. A route handler and no server
 * action, because two of them run at the same time. Nothing of it is kept.
 */
export const POST = (request: Request): Promise<Response> =>
  answer(async (): Promise<PlayedAs> => {
    await requireOwnOrigin()
    const sent = Sent.safeParse(await request.json().catch(() => undefined))
    if (sent.success) return playAs(sent.data)
    const message = 'A call needs a session, a Region, an operation and its input.'
    throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
  })
