/** What is left of a deleted key, for those who follow a link to it: a tombstone, never its material. */
import type { z } from 'zod'
import { keyArn } from '#lib/domain/arn.ts'
import { GetDeletedKeyInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { parseKeyReference } from '#lib/engine/key-reference.ts'
import { operation } from '#lib/engine/operation.ts'
import { readDeletedKey } from '#lib/store/deleted-keys.ts'

export const GetDeletedKey = operation({
  name: 'GetDeletedKey',
  service: 'Keyhouse',
  action: 'kms:DescribeKey',
  class: 'read',
  input: GetDeletedKeyInput,
  logged: { request: ({ KeyId }: z.infer<typeof GetDeletedKeyInput>) => ({ keyId: KeyId }) },

  async run(call, { KeyId: reference }: z.infer<typeof GetDeletedKeyInput>) {
    const named = parseKeyReference(reference, call.place)
    // The aliases of a deleted key are gone, and may name another by now.
    if (named.kind === 'alias') throw new KmsError('NotFoundException', `Invalid keyId '${reference}'`)
    const arn = keyArn({ ...call.place, account: named.account }, named.id)
    call.mention({ type: 'AWS::KMS::Key', arn, accountId: named.account })
    await call.permit({ resource: arn })
    // Its policy went with it, so nothing could allow another account to look.
    const own = named.account === call.account
    const key = own ? await readDeletedKey(call.services.database.sql, { ...call, id: named.id }) : undefined
    if (!key) throw new KmsError('NotFoundException', `Key '${arn}' does not exist`)
    return {
      KeyId: key.id,
      Arn: arn,
      DeletedAt: key.deletedAt,
      KeySpec: key.spec,
      KeyUsage: key.usage,
      Origin: key.origin,
      MultiRegion: key.multiRegion,
      Description: key.description,
      Aliases: key.aliases,
      CreationDate: key.createdAt,
    }
  },
})
