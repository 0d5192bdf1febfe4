/** The engine as the programs' edge sees it. */
import type { Door } from '#lib/aws/door.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { tokenHolder } from '#lib/iam/token-holder.ts'
import { operationNamed } from './operations.ts'

export function wireDoor(engine: Engine): Door {
  const { services } = engine
  return {
    operation: operationNamed,
    async credentials(accessKeyId) {
      const found = await services.identities.byAccessKey(accessKeyId)
      if (!found) return undefined
      const { identity } = found
      return {
        principal: identity.principal,
        active: found.active && !identity.disabled,
        temporary: found.temporary,
        regions: identity.regions,
        signingKey: found.signingKey,
      }
    },
    holder: (input) => tokenHolder(services, input),
    invoke: engine.invoke,
    refused: (report) => services.refused.report(report, services.clock.real()),
    live: () => true,
    ready: engine.ready,
    now: () => services.clock.real().getTime(),
  }
}
