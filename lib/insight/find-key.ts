/** Which key a ciphertext was made by, without decrypting it. Only blobs of symmetric keys name one. */
import type { z } from 'zod'
import { readCiphertextBlob } from '#lib/domain/ciphertext-blob.ts'
import { FindKeyOfCiphertextInput } from '#lib/domain/operations/insight.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'

type Input = z.infer<typeof FindKeyOfCiphertextInput>

export const FindKeyOfCiphertext = operation({
  name: 'FindKeyOfCiphertext',
  service: 'Keyhouse',
  action: 'kms:DescribeKey',
  class: 'read',
  input: FindKeyOfCiphertextInput,
  logged: { request: () => null },

  async run(call, { CiphertextBlob }: Input) {
    const named = readCiphertextBlob(CiphertextBlob)
    // Nothing is decided about what is no blob; Decrypt answers such a caller in the same word.
    if (!named) throw new KmsError('InvalidCiphertextException')
    const key = await call.keyOfCiphertext(named.materialId, 'kms:DescribeKey', { deed: 'read' })
    return { KeyId: key.row.id, KeyArn: key.arn, KeyMaterialId: named.materialId, Region: key.place.region }
  },
})
