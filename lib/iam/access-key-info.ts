/** STS GetAccessKeyInfo: which account an access key belongs to. */
import { GetAccessKeyInfoInput } from '#lib/domain/operations/sts.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import { operation } from '#lib/engine/operation.ts'
import { findAccountOfAccessKey } from '#lib/store/temporary-credentials.ts'

export const GetAccessKeyInfo = operation({
  name: 'GetAccessKeyInfo',
  service: 'STS',
  action: 'sts:GetAccessKeyInfo',
  input: GetAccessKeyInfoInput,
  class: 'read',
  logged: { request: (input) => ({ accessKeyId: input.AccessKeyId }) },
  async run(call, input): Promise<{ Account: string }> {
    await call.permit()
    const account = await findAccountOfAccessKey(call.services.database.sql, input.AccessKeyId)
    if (account === undefined)
      throw new KmsError('ValidationException', `Invalid AccessKeyId: ${input.AccessKeyId}`)
    return { Account: account }
  },
})
