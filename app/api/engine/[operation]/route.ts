import { ask } from '#lib/console/engine.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { isRead } from '#lib/console/operations.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireSigned } from '#lib/console/session.ts'

const refuse = (message: string) =>
  new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })

function inputOf(text: string | null): object {
  try {
    const input: unknown = JSON.parse(text ?? '{}')
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input
  } catch {
    // Answered below, as any other nonsense.
  }
  throw refuse('The input is not a JSON object.')
}

/** A read by the browser: one operation of the allow-list, asked as the person who is signed in. */
export async function GET(
  request: Request,
  context: { params: Promise<{ operation: string }> },
): Promise<Response> {
  return answer(async () => {
    await requireSigned()
    const { operation } = await context.params
    if (!isRead(operation)) throw refuse(`${operation} is not a read.`)
    const { searchParams } = new URL(request.url)
    const region = searchParams.get('region')
    // The engine checks the input against the operation's schema.
    return ask(operation, inputOf(searchParams.get('input')) as never, region ? { region } : {})
  })
}
