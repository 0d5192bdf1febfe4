import { z } from 'zod'
import { deskVerb } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const short = z.string().min(1).max(64)
const password = z.string().min(1).max(1024)

const Form = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('create-factor') }),
  z.object({ deed: z.literal('enable-factor'), AuthenticationCode1: short, AuthenticationCode2: short }),
  z.object({ deed: z.literal('remove-factor'), SerialNumber: z.string().min(9).max(256) }),
  z.object({ deed: z.literal('recovery-codes') }),
  z.object({ deed: z.literal('show-factor'), code: short }),
  z.object({ deed: z.literal('change-password'), password, next: password }),
])

/** How a person signs in, changed by them. No server action: passwords, seeds and codes are in no page's state. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    await requireOwnOrigin()
    const form = Form.safeParse(await request.json().catch(() => undefined))
    if (form.success) {
      const { deed, ...body } = form.data
      return deskVerb(deed, body)
    }
    const message = 'Fill in every field.'
    throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
  })
}
