import { deskVerb } from '#lib/console/engine.ts'
import { answer } from '#lib/console/route-answer.ts'
import { requireOwnOrigin } from '#lib/console/same-origin.ts'

/** A new access key for whoever is signed in. Its secret is in this answer only, never in a page. */
export const POST = (): Promise<Response> =>
  answer(async () => {
    await requireOwnOrigin()
    return deskVerb('new-access-key')
  })
