/** How many events a filter finds; of a search that no index serves, so many in so many that were looked at, and on from there. */
import type { z } from 'zod'
import { CountEventsInput } from '#lib/domain/operations/evidence.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkCurrent } from './access-rights.ts'
import { loggedScope, scopeOf } from './event-scope.ts'

type Input = z.infer<typeof CountEventsInput>

export const CountEvents = operation({
  name: 'CountEvents',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: CountEventsInput,
  logged: { request: loggedScope },

  async run(call, input: Input) {
    await call.permit()
    if (input.Cursor === undefined) await call.services.sequencer.catchUp()
    const { count, countIsExact, searched, of, cursor } = await call.services.search.count({
      ...scopeOf(call, input),
      cursor: input.Cursor,
    })
    await checkCurrent(call, [])
    return {
      Count: count,
      CountIsExact: countIsExact,
      ...(searched !== undefined && { Searched: searched }),
      ...(of !== undefined && { Of: of }),
      ...(cursor !== undefined && { Cursor: cursor }),
    }
  },
})
