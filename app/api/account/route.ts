import { call } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { CreateAccountInput } from '#lib/domain/operations/people.ts'

/** Makes an account. The first password of its administrator is in this answer only, never in a page. */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    await requireOwnOrigin()
    const form = CreateAccountInput.safeParse(await request.json().catch(() => undefined))
    if (form.success) return (await call('CreateAccount', form.data)).output
    const issue = form.error.issues[0]
    const message = issue ? `${issue.path.join('.')} ${issue.message}.` : 'Fill in every field.'
    throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
  })
}
