import { desk } from '#lib/console/desk.ts'
import { answer } from '#lib/console/route-answer.ts'

/** Whether the engine answers its desk. Says nothing else, so it asks for no session. */
export const GET = (): Promise<Response> =>
  answer(async () => {
    await desk('/desk/setup-state', {}, {})
    return { live: true }
  })
