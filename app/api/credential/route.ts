import { z } from 'zod'
import { call } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

const user = z.string().min(1).max(128)
const password = z.string().min(1).max(1024)

const Form = z.discriminatedUnion('deed', [
  z.object({ deed: z.literal('access-key'), user }),
  z.object({ deed: z.literal('new-password'), user, password, reset: z.boolean() }),
  z.object({ deed: z.literal('other-password'), user, password, reset: z.boolean() }),
])

async function make(form: z.infer<typeof Form>) {
  if (form.deed === 'access-key') {
    const { output, eventId } = await call('CreateAccessKey', { UserName: form.user })
    return { id: output.AccessKey.AccessKeyId, secret: output.AccessKey.SecretAccessKey, eventId }
  }
  const input = { UserName: form.user, Password: form.password, PasswordResetRequired: form.reset }
  const { eventId } =
    form.deed === 'new-password'
      ? await call('CreateLoginProfile', input)
      : await call('UpdateLoginProfile', input)
  return { eventId }
}

/** Credentials of a user, made by an administrator. No server action: secrets and passwords are in no page's state. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    await requireOwnOrigin()
    const form = Form.safeParse(await request.json().catch(() => undefined))
    if (form.success) return make(form.data)
    const message = 'Fill in every field.'
    throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
  })
}
