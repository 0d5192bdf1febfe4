import { z } from 'zod'
import { actAs, requireLab } from '#lib/console/lab.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const Sent = z.object({ name: z.string().max(64), stay: z.boolean().optional() })

/** Acts as one of the people of the sample account on this browser, from the next request on. */
export const POST = (request: Request): Promise<Response> =>
  answer(async () => {
    await requireOwnOrigin()
    const sent = Sent.safeParse(await request.json().catch(() => undefined))
    if (!sent.success) {
      const message = 'A lab identity has a name.'
      throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
    }
    const { name, stay } = sent.data
    await actAs(await requireLab(), name, { fresh: !stay, ...(stay && { stay }) })
    return { name }
  })
