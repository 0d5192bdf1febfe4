/** Facts of this installation that its console and tools need. What AWS's model says is in lib/domain, not here. */

import { existsIn, KEY_SPEC_NAMES } from '#lib/domain/key-spec.ts'
import { CapabilitiesInput } from '#lib/domain/operations/insight.ts'
import { operation } from '#lib/engine/operation.ts'
import { readSettings } from '#lib/store/settings.ts'

export const Capabilities = operation({
  name: 'Capabilities',
  service: 'Keyhouse',
  action: 'keyhouse:Capabilities',
  class: 'read',
  // Every page asks for it.
  recorded: false,
  input: CapabilitiesInput,
  logged: { request: () => null },

  async run(call) {
    await call.permit()
    const { version, endpoint, consoleUrl, rolesSeparated } = call.services.installation
    const { requireSeparation } = await readSettings(call.services.database.sql)
    return {
      Version: version,
      Endpoint: endpoint,
      ConsoleUrl: consoleUrl,
      Account: call.account,
      AccountAlias: call.identity.accountAlias,
      Partition: call.place.partition,
      Region: call.region,
      Regions: call.identity.regions,
      KeySpecs: KEY_SPEC_NAMES.filter((spec) => existsIn(spec, call.place.partition)),
      RolesSeparated: rolesSeparated,
      /** A policy that makes one person administrator and user is not saved in the console. */
      RequireSeparation: requireSeparation,
    }
  },
})
