/** What the events of a filter are, by outcome, principal, key and the like: the values beside the list. */
import type { z } from 'zod'
import { EventFacetsInput } from '#lib/domain/operations/evidence.ts'
import { operation } from '#lib/engine/operation.ts'
import { checkCurrent } from './access-rights.ts'
import { loggedScope, scopeOf } from './event-scope.ts'

type Input = z.infer<typeof EventFacetsInput>

export const EventFacets = operation({
  name: 'EventFacets',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  recorded: false,
  input: EventFacetsInput,
  logged: { request: loggedScope },

  async run(call, input: Input) {
    await call.permit()
    await call.services.sequencer.catchUp()
    const { Facet, Words } = input
    const facets = await call.services.search.facets({ ...scopeOf(call, input), facet: Facet, words: Words })
    await checkCurrent(call, [])
    return { Facets: facets }
  },
})
