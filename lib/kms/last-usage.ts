/** GetKeyLastUsage, and how long a key has not been used: read from the log's projection after it caught up. */
import type { z } from 'zod'
import { readLastUse } from '#lib/audit/usage/last-use.ts'
import { GetKeyLastUsageInput } from '#lib/domain/operations/last-usage.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { ownUseSince } from '#lib/engine/own-use.ts'
import { readInstallationStart } from '#lib/store/installation.ts'
import type { KeySnapshot } from '#lib/store/keys.ts'

const DAY_MS = 86_400_000

/** The last successful cryptographic use of a key of this account and Region. */
async function lastUse(call: Call, { id, createdAt }: Pick<KeySnapshot, 'id' | 'createdAt'>) {
  const { sequencer, database } = call.services
  await sequencer.catchUp()
  const use = await readLastUse(database.sql, { account: call.account, region: call.region, id })
  return use && use.at > ownUseSince(call, createdAt) ? use : undefined
}

export const GetKeyLastUsage = operation({
  name: 'GetKeyLastUsage',
  service: 'KMS',
  action: 'kms:GetKeyLastUsage',
  class: 'read',
  input: GetKeyLastUsageInput,
  logged: { request: members('KeyId') },

  async run(call, input: z.infer<typeof GetKeyLastUsageInput>) {
    const key = await call.key(input.KeyId, 'kms:GetKeyLastUsage', { deed: 'read' })
    const { createdAt } = key.row
    const use = await lastUse(call, key.row)
    // AWS began to track in 2026; here the log begins with the installation. A seed may say that a key is older.
    const begun = (await readInstallationStart(call.services.database.sql)) ?? createdAt
    return {
      KeyId: key.arn,
      ...(use && {
        KeyLastUsage: {
          Operation: use.operation,
          Timestamp: use.at,
          CloudTrailEventId: use.eventId,
          ...(use.requestId !== null && { KmsRequestId: use.requestId }),
        },
      }),
      TrackingStartDate: createdAt > begun ? createdAt : begun,
      KeyCreationDate: createdAt,
    }
  },
})

/**
 * kms:TrailingDaysWithoutKeyUsage of DisableKey and ScheduleKeyDeletion: whole days since the last use of the key that
 * a KeyId member names; undefined when it was never used, so that the condition key is absent (facts §8.6). Days of
 * real time, as the log has it.
 */
export async function trailingDays(call: Call, keyReference: string): Promise<string | undefined> {
  const { account, region, services } = call
  const id = await call.keyIdOf(keyReference)
  const key = id === undefined ? undefined : await services.keys.byId({ account, region, id })
  const use = key && (await lastUse(call, key.row))
  if (!use) return undefined
  const days = Math.floor((services.clock.real().getTime() - use.at.getTime()) / DAY_MS)
  return String(Math.max(0, days))
}
