/** What a person says about the log's state: that they know of a finding, or that the log goes on after a rollback. */
import type { z } from 'zod'
import {
  acknowledgeFinding,
  acknowledgeSuspicions,
  readFinding,
  suspicion,
} from '#lib/audit/watch/findings.ts'
import { nextOrigin } from '#lib/audit/watch/rollback.ts'
import { AcknowledgeFindingInput, AcknowledgeRollbackInput } from '#lib/domain/operations/evidence.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { permitInstallation } from '#lib/engine/first-account.ts'
import { nameOfLog, signerOf } from '#lib/engine/log-name.ts'
import { operation } from '#lib/engine/operation.ts'
import { StaleDecision } from '#lib/engine/stale.ts'
import { readLogKeys, replaceLogKey } from '#lib/store/log-keys.ts'

type FindingInput = z.infer<typeof AcknowledgeFindingInput>

const permitHere = (call: Call) => permitInstallation(call, 'the log belongs')

/** It stays in the list, with the name of who knows. */
export const AcknowledgeFinding = operation({
  name: 'AcknowledgeFinding',
  service: 'Keyhouse',
  action: 'keyhouse:AcknowledgeLog',
  class: 'admin',
  input: AcknowledgeFindingInput,
  logged: { request: ({ Id, Comment }: FindingInput) => ({ id: Id, comment: Comment }) },

  async run(call, { Id: id }: FindingInput) {
    await permitHere(call)
    const found = await readFinding(call.services.database.sql, id)
    if (!found) throw new KmsError('NotFoundException', `Finding '${id}' does not exist`)
    if (found.kind === 'rollback' || found.kind === 'fork')
      throw new KmsError(
        'ValidationException',
        'A log that was rolled back goes on under a new name: that takes AcknowledgeRollback.',
      )
    if (found.acknowledgedAt !== null) return {}
    return call.change({
      rows: async ({ sql }) => void (await acknowledgeFinding(sql, id, call.identity.principal.arn)),
      output: {},
    })
  },
})

type RollbackInput = z.infer<typeof AcknowledgeRollbackInput>

/** A name that no checkpoint ever had: of one name and size there must not be two. */
async function nextName(call: Call, inUse: string): Promise<string> {
  const { database, logWatch } = call.services
  const rows = (await readLogKeys(database.sql)).map(({ origin }) => origin)
  return nextOrigin(inUse, [...rows, ...(await logWatch.remembered())])
}

/** Who acknowledges vouches for what is lost: keys and events from after the backup. */
export const AcknowledgeRollback = operation({
  name: 'AcknowledgeRollback',
  service: 'Keyhouse',
  action: 'keyhouse:AcknowledgeLog',
  class: 'admin',
  input: AcknowledgeRollbackInput,
  logged: {
    request: ({ Comment }: RollbackInput) => ({ comment: Comment }),
    response: ({ Origin }: { Origin: string }) => ({ origin: Origin }),
  },

  async run(call) {
    await permitHere(call)
    const { database, domainKeys, logWatch } = call.services
    const { origin: inUse } = await nameOfLog(database.sql, domainKeys)
    if (!(await suspicion(database.sql))) return { Origin: inUse }
    const origin = await nextName(call, inUse)
    const { publicKey } = signerOf(domainKeys, origin)
    const output = await call.change({
      async rows({ sql }) {
        if (!(await replaceLogKey(sql, inUse, { origin, publicKey }))) throw new StaleDecision()
        await acknowledgeSuspicions(sql, call.identity.principal.arn)
      },
      output: { Origin: origin },
    })
    await logWatch.refresh()
    return output
  },
})
