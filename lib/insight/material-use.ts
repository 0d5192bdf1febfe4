/** How often each material of a key decrypted in the last 30 days: old material that still works is still needed. */
import type { z } from 'zod'
import { countMaterialUse } from '#lib/audit/material-use.ts'
import { CountUseOfMaterialsInput } from '#lib/domain/operations/insight.ts'
import { operation } from '#lib/engine/operation.ts'

const DAYS = 30
const DAY_MS = 86_400_000
/** Beyond so many uses the counts are of the newest ones. */
const MOST = 10_000

type Input = z.infer<typeof CountUseOfMaterialsInput>

/** Of a key of the caller's account, by its id; asks for the permission that searching the log asks for. */
export const CountUseOfMaterials = operation({
  name: 'CountUseOfMaterials',
  service: 'Keyhouse',
  action: 'cloudtrail:LookupEvents',
  class: 'read',
  input: CountUseOfMaterialsInput,
  logged: { request: ({ KeyId }: Input) => ({ keyId: KeyId }) },

  async run(call, { KeyId: keyId }: Input) {
    await call.permit()
    await call.services.sequencer.catchUp()
    // Events keep real time, whatever the installation's clock says.
    const since = new Date(call.services.clock.real().getTime() - DAYS * DAY_MS)
    const uses = await countMaterialUse(call.services.reader, {
      account: call.account,
      region: call.region,
      keyId,
      since,
      most: MOST + 1,
    })
    const all = uses.reduce((sum, { decrypts }) => sum + decrypts, 0)
    return {
      Since: since,
      Materials: uses.map(({ id, decrypts }) => ({ KeyMaterialId: id, Decrypts: decrypts })),
      CountIsExact: all <= MOST,
    }
  },
})
