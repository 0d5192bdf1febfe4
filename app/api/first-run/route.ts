import { z } from 'zod'
import { desk } from '#lib/console/desk.ts'
import { EngineRefusal } from '#lib/console/messages.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'
import { browserHeaders } from '#lib/console/session.ts'
import { keepBrowser } from '#lib/console/session-cookie.ts'

const Form = z.object({
  token: z.string(),
  accountId: z.string(),
  alias: z.string(),
  regions: z.array(z.string()),
  name: z.string(),
  password: z.string(),
  sampleData: z.boolean(),
})

const LONGEST = 16_384

async function formOf(request: Request): Promise<z.infer<typeof Form>> {
  const text = await request.text()
  try {
    if (text.length <= LONGEST) return Form.parse(JSON.parse(text))
  } catch {
    // Answered below: a page of ours never sends this.
  }
  const message = 'The form is not understood.'
  throw new EngineRefusal({ code: 'ValidationException', message, requestId: null, eventId: null })
}

/**
 * Sets the installation up and signs its administrator in. There is no session yet: the one-time token is what the
 * engine asks for, and it checks every field itself. No server action, because Next would draw the page again with
 * its answer, and that page is gone once this is done; the secrets are in this answer only.
 */
export async function POST(request: Request): Promise<Response> {
  return answer(async () => {
    await requireOwnOrigin()
    const made = await desk('/desk/setup', await formOf(request), await browserHeaders())
    // The desk's answer is ours: { browserToken, session, accessKey, sample? }.
    const { browserToken, session, accessKey, sample } = made as {
      browserToken: string
      session: { id: string }
      accessKey: object
      sample?: object
    }
    await keepBrowser({ token: browserToken, session: session.id })
    return { accessKey, sample }
  })
}
