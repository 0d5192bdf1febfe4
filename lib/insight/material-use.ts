/** How often each material of a key decrypted in the last 30 days: old material that still works is still needed. */
import type { z } from 'zod'
import { countMaterialUse, type MaterialDay } from '#lib/audit/usage/material-use.ts'
import { daysTo } from '#lib/audit/usage/use-days.ts'
import { CountUseOfMaterialsInput } from '#lib/domain/operations/insight.ts'
import { operation } from '#lib/engine/operation.ts'

/** Today is one of them: days are those of UTC. */
const DAYS = 30

type Input = z.infer<typeof CountUseOfMaterialsInput>

type MaterialUse = {
  readonly KeyMaterialId: string
  readonly Decrypts: number
  /** Days with any, oldest first. */
  readonly Days: readonly { readonly Day: string; readonly Decrypts: number }[]
}

function materialUse(id: string, days: readonly MaterialDay[]): MaterialUse {
  return {
    KeyMaterialId: id,
    Decrypts: days.reduce((sum, { decrypts }) => sum + decrypts, 0),
    Days: days.map(({ day, decrypts }) => ({ Day: day, Decrypts: decrypts })),
  }
}

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
    const { account, region, services } = call
    await services.sequencer.catchUp()
    // Events keep real time, whatever the installation's clock says.
    const [first = ''] = daysTo(services.clock.real(), DAYS)
    const use = await countMaterialUse(services.reader, { account, region, id: keyId }, first)
    return {
      Since: new Date(`${first}T00:00:00Z`),
      Materials: [...Map.groupBy(use, ({ id }) => id)].map(([id, days]) => materialUse(id, days)),
      // Every use is counted; a screen that is older than the engine asks.
      CountIsExact: true,
    }
  },
})
