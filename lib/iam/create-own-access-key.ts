/** An access key for whoever asks: AWS's CreateAccessKey without a user name. IAM on the wire is not this. */
import { noInput } from '#lib/domain/operations/members.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { createAccessKey, draftAccessKey } from './create-access-key.ts'
import { changeIdentity } from './identity-change.ts'

export type CreatedAccessKey = { readonly AccessKeyId: string; readonly SecretAccessKey: string }

export const CreateOwnAccessKey = operation({
  name: 'CreateOwnAccessKey',
  service: 'Keyhouse',
  action: 'iam:CreateAccessKey',
  input: noInput(),
  class: 'admin',
  logged: {
    request: () => null,
    response: (output: CreatedAccessKey) => ({
      accessKey: { accessKeyId: output.AccessKeyId, status: 'Active' },
    }),
  },
  async run(call): Promise<CreatedAccessKey> {
    const { principal } = call.identity
    await call.permit({ resource: principal.arn })
    // "We don't recommend access keys for the root user" is AWS's advice; here the root has no way to ask.
    if (principal.kind !== 'user')
      throw new KmsError('UnsupportedOperationException', 'Only users make access keys.')
    const draft = await draftAccessKey(call.services.domainKeys, {
      account: call.account,
      principal: principal.id,
    })
    return changeIdentity(call, {
      rows: (transaction) => createAccessKey(transaction, draft),
      output: { AccessKeyId: draft.pair.id, SecretAccessKey: draft.pair.secret },
    })
  },
})
