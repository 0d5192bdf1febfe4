import { z } from 'zod'
import { deskVerb } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const Form = z.object({ password: z.string().min(1).max(1024) })

/** Proves again who is signed in, for acts that take something away. No server action: a password is in no page's state. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    await requireOwnOrigin()
    const form = Form.safeParse(await request.json().catch(() => undefined))
    if (form.success) return deskVerb('confirm', form.data)
    const message = 'Enter your password.'
    throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
  })
}
