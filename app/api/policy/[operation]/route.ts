import { z } from 'zod'
import { ask } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { requireSigned } from '#lib/console/session.ts'

/** Questions that carry a policy: too long for an address, and cancelled when the policy is edited on. */
const QUESTIONS = [
  'LintKeyPolicy',
  'LintIdentityPolicy',
  'RunPolicyCases',
  'ReplayPolicy',
  'CompareAccess',
  'PreviewAccess',
  'ExplainAccess',
] as const

const Sent = z.object({ region: z.string().max(30).optional(), input: z.record(z.string(), z.unknown()) })

const refuse = (message: string) =>
  new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })

/** A question about a draft, asked as the person who is signed in. It changes nothing. */
export const POST = (
  request: Request,
  context: { params: Promise<{ operation: string }> },
): Promise<Response> =>
  answer(async () => {
    await requireOwnOrigin()
    await requireSigned()
    const { operation } = await context.params
    const question = QUESTIONS.find((name) => name === operation)
    if (!question) throw refuse(`${operation} is not a question about a policy.`)
    const sent = Sent.safeParse(await request.json().catch(() => undefined))
    if (!sent.success) throw refuse('The question is not a JSON object with an input.')
    const { region, input } = sent.data
    // The engine checks the input against the operation's schema.
    return ask(question, input as never, region ? { region } : {})
  })
