/** Reading keys: DescribeKey, ListKeys, UpdateKeyDescription. What makes and ends keys is in create-key and lifecycle. */
import { keyArn } from '#lib/domain/arn.ts'
import { DescribeKeyInput, ListKeysInput, UpdateKeyDescriptionInput } from '#lib/domain/operations/keys.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { listKeys } from '#lib/store/keys.ts'
import { makeManagedKey } from './aws-managed.ts'
import { keyMetadata } from './key-metadata.ts'
import { pageOf, startOf } from './paging.ts'

export const DescribeKey = operation({
  name: 'DescribeKey',
  service: 'KMS',
  action: 'kms:DescribeKey',
  class: 'read',
  input: DescribeKeyInput,
  logged: { request: members('KeyId') },
  async run(call, input) {
    await makeManagedKey(call, input.KeyId)
    const key = await call.key(input.KeyId, 'kms:DescribeKey', { deed: 'read', aliases: true })
    return { KeyMetadata: keyMetadata(key.row) }
  },
})

export const ListKeys = operation({
  name: 'ListKeys',
  service: 'KMS',
  action: 'kms:ListKeys',
  class: 'read',
  input: ListKeysInput,
  logged: { request: members('Limit', 'Marker') },
  async run(call, input) {
    await call.permit()
    const limit = input.Limit ?? 100
    const after = startOf<{ createdAt: string; id: string }>(call, input.Marker)
    const found = await listKeys(call.services.database.sql, call, { after, limit })
    const position = (last: (typeof found)[number]) => ({ createdAt: last.created_at, id: last.id })
    const { rows, more } = pageOf(call, { rows: found, limit, position })
    return { Keys: rows.map((row) => ({ KeyId: row.id, KeyArn: keyArn(call.place, row.id) })), ...more }
  },
})

export const UpdateKeyDescription = operation({
  name: 'UpdateKeyDescription',
  service: 'KMS',
  action: 'kms:UpdateKeyDescription',
  class: 'admin',
  input: UpdateKeyDescriptionInput,
  logged: { request: members('KeyId', 'Description') },
  async run(call, input) {
    const key = await call.key(input.KeyId, 'kms:UpdateKeyDescription', { deed: 'describe' })
    return call.change({ keys: [{ key, set: { description: input.Description } }], output: undefined })
  },
})
