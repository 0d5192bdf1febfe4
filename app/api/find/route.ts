import { z } from 'zod'
import { find } from '#lib/console/find.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { readPasted } from '#lib/console/pasted.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { requireSigned } from '#lib/console/session.ts'

const Sent = z.object({ region: z.string().max(30), text: z.string().max(2048) })

/** What something typed or pasted into the palette leads to. Posted, so that it stands in no address. */
export const POST = (request: Request): Promise<Response> =>
  answer(async () => {
    await requireOwnOrigin()
    const { session } = await requireSigned()
    const sent = Sent.safeParse(await request.json().catch(() => undefined))
    if (!sent.success) {
      const message = 'The palette takes a Region and up to 2048 characters.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    return find(session, sent.data.region, readPasted(sent.data.text))
  })
