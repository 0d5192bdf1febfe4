import { deskVerb } from '#lib/console/engine.ts'
import { answer } from '#lib/console/route-answer.ts'

/** The people of the signed-in account, for the wizard's pickers. */
export const GET = (): Promise<Response> => answer(() => deskVerb('principals', {}, { reading: true }))
