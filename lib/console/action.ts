/**
 * A server action is one operation and where to go next. The wrapper checks origin, session and input itself, and
 * turns every refusal into a value: a thrown error would lose its words on the way to the browser.
 */
import { redirect } from 'next/navigation'
import type { z } from 'zod'
import { act } from './engine.ts'
import { type ActionResult, EngineRefusal, refusalIn } from './messages.ts'
import type { InputOf, OperationName, OutputOf } from './operations.ts'
import { requireOwnOrigin } from './same-origin.ts'
import { requireSigned } from './session.ts'

export type ActionSpec<N extends OperationName, F> = {
  /** What the form sends. Region is the page's; it is always sent, because a URL names it. */
  readonly form: z.ZodType<F>
  readonly input: (form: F) => InputOf<N>
  readonly region?: (form: F) => string
  /** Where to go after success; without it the form stays and says what was done. */
  readonly next?: (output: OutputOf<N>, form: F) => string
}

const invalid = (error: z.ZodError): ActionResult<never> => {
  const issue = error.issues[0]
  const where = issue?.path.join('.') ?? ''
  const message = `${where === '' ? 'The form' : where}: ${issue?.message ?? 'is not valid'}`
  return { ok: false, error: { code: 'ValidationException', message, requestId: null, eventId: null } }
}

/** Checks origin and session, then runs; refusals become results. For actions that are no single operation. */
export async function guarded<T>(run: () => Promise<ActionResult<T>>): Promise<ActionResult<T>> {
  try {
    await requireOwnOrigin()
    await requireSigned()
    return await run()
  } catch (thrown) {
    if (thrown instanceof EngineRefusal) return { ok: false, error: refusalIn(thrown) }
    throw thrown
  }
}

/** Makes a server action of one operation. The file that exports it begins with 'use server'. */
export function action<N extends OperationName, F>(name: N, spec: ActionSpec<N, F>) {
  return async (sent: F): Promise<ActionResult<OutputOf<N>>> => {
    const result = await guarded(async () => {
      const form = spec.form.safeParse(sent)
      if (!form.success) return invalid(form.error)
      const region = spec.region?.(form.data)
      return act(name, spec.input(form.data), region ? { region } : {})
    })
    if (result.ok && spec.next) redirect(spec.next(result.output, sent))
    return result
  }
}
