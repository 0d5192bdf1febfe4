/**
 * Who uses a key, how, from where and how often: what one wants to know before it is disabled or deleted (console 3.17).
 * Exact. Members of a multi-Region family are used, and counted, each in its Region.
 */
import type { z } from 'zod'
import {
  type DayUse,
  readNewestUse,
  readUseByDay,
  readUses,
  type Use,
  type UsePeriod,
} from '#lib/audit/usage/usage.ts'
import { daysTo } from '#lib/audit/usage/use-days.ts'
import type { KeyUsage as Answer, UsageDay, UsageRow } from '#lib/domain/evidence.ts'
import { KeyUsageInput } from '#lib/domain/operations/evidence.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { AllowedKey, Call } from '#lib/engine/call.ts'
import { operation } from '#lib/engine/operation.ts'
import { ownUseSince } from '#lib/engine/own-use.ts'
import { readInstallationStart } from '#lib/store/installation.ts'

type Input = z.infer<typeof KeyUsageInput>

const DEFAULT_DAYS = 90
/** Beyond so many lines a table is no answer; the log has them all. */
const MOST_ROWS = 1000

/** What puts something under the key; what takes it from there; all else signs, checks or agrees. */
const ENCRYPTING: readonly string[] = [
  'Encrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'ReEncryptTo',
  'Encapsulate',
]
const DECRYPTING: readonly string[] = ['Decrypt', 'ReEncryptFrom', 'Decapsulate']

/**
 * The key, for whoever may describe it, in any state.
 * @throws AccessDeniedException for another account's: who uses a key is for its own account to see.
 */
export async function describedKey(call: Call, reference: string): Promise<AllowedKey> {
  const key = await call.key(reference, 'kms:DescribeKey', { deed: 'read', aliases: true })
  if (key.row.account === call.account) return key
  const { arn } = call.identity.principal
  throw new KmsError(
    'AccessDeniedException',
    `User: ${arn} is not authorized to perform: keyhouse:${call.operation} on resource: ${key.arn} because the key belongs to another account`,
  )
}

const rowOf = ({ principal, operation, source, materialId, count, last, lastEventId }: Use): UsageRow => ({
  Principal: principal,
  Operation: operation,
  Source: source,
  MaterialId: materialId,
  Count: count,
  Last: last,
  LastEventId: lastEventId,
})

const sum = (uses: readonly DayUse[], counts: (operation: string) => boolean) =>
  uses.reduce((all, { operation, count }) => (counts(operation) ? all + count : all), 0)

function dayOf(day: string, uses: readonly DayUse[]): UsageDay {
  const encrypt = sum(uses, (operation) => ENCRYPTING.includes(operation))
  const decrypt = sum(uses, (operation) => DECRYPTING.includes(operation))
  return { Day: day, Encrypt: encrypt, Decrypt: decrypt, Other: sum(uses, () => true) - encrypt - decrypt }
}

function periodOf(call: Call, key: AllowedKey, days: readonly string[]): UsePeriod {
  return { from: days[0] ?? '', since: ownUseSince(call, key.row.createdAt) }
}

export const KeyUsage = operation({
  name: 'KeyUsage',
  service: 'Keyhouse',
  action: 'kms:DescribeKey',
  class: 'read',
  input: KeyUsageInput,
  logged: { request: ({ KeyId, Days }: Input) => ({ keyId: KeyId, days: Days }) },

  async run(call, { KeyId, Days = DEFAULT_DAYS }: Input): Promise<Answer> {
    const key = await describedKey(call, KeyId)
    const { reader, sequencer, clock, database } = call.services
    await sequencer.catchUp()
    const days = daysTo(clock.real(), Days)
    const period = periodOf(call, key, days)
    const [newest, uses, byDay, start] = await Promise.all([
      readNewestUse(reader, key.row, period.since),
      readUses(reader, key.row, period, MOST_ROWS + 1),
      readUseByDay(reader, key.row, period),
      readInstallationStart(database.sql),
    ])
    const { createdAt } = key.row
    return {
      LastUse: newest ? rowOf(newest) : null,
      Days: days.map((day) =>
        dayOf(
          day,
          byDay.filter((use) => use.day === day),
        ),
      ),
      Rows: uses.slice(0, MOST_ROWS).map(rowOf),
      MoreRows: uses.length > MOST_ROWS,
      DataKeys: sum(byDay, (operation) => operation.startsWith('GenerateDataKey')),
      // A seed may say that a key is older than the installation.
      Since: start && start > createdAt ? start : createdAt,
    }
  },
})
