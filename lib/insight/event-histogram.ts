/** Events over time, by outcome: the bars above the list. */
import type { z } from 'zod'
import { EventHistogramInput } from '#lib/domain/operations/evidence.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkCurrent } from './access-rights.ts'
import { loggedScope, scopeOf } from './event-scope.ts'

type Input = z.infer<typeof EventHistogramInput>

export const EventHistogram = operation({
  name: 'EventHistogram',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: EventHistogramInput,
  logged: { request: loggedScope },

  async run(call, input: Input) {
    await call.permit()
    await call.services.sequencer.catchUp()
    const histogram = await call.services.search.histogram({
      ...scopeOf(call, input),
      mostBuckets: input.MostBuckets,
    })
    await checkCurrent(call, [])
    return histogram
  },
})
