/**
 * Custom key stores, which are not offered: there are none to describe, and none can be made. The inputs and the
 * permission are judged as if they were, so that nobody learns more here than from AWS.
 */
import {
  CreateCustomKeyStoreInput,
  CustomKeyStoreInput,
  DescribeCustomKeyStoresInput,
  UpdateCustomKeyStoreInput,
} from '#lib/domain/operations/key-stores.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Call } from '#lib/engine/call.ts'
import { members } from '#lib/engine/logged.ts'
import { operation } from '#lib/engine/operation.ts'
import { pageOfList } from './paging.ts'

/** Key store operations have one condition key of their own (facts §8.6). */
const permit = (call: Call) => call.permit({ conditions: { 'kms:CallerAccount': call.account } })

async function refuse(call: Call): Promise<never> {
  await permit(call)
  throw new KmsError('UnsupportedOperationException', 'Custom key stores are not offered here.')
}

export const DescribeCustomKeyStores = operation({
  name: 'DescribeCustomKeyStores',
  service: 'KMS',
  action: 'kms:DescribeCustomKeyStores',
  class: 'read',
  input: DescribeCustomKeyStoresInput,
  logged: { request: members('CustomKeyStoreId', 'CustomKeyStoreName', 'Limit', 'Marker') },
  async run(call, input) {
    await permit(call)
    const { CustomKeyStoreId: id, CustomKeyStoreName: name } = input
    if (id !== undefined && name !== undefined)
      throw new KmsError(
        'ValidationException',
        'Specify either CustomKeyStoreId or CustomKeyStoreName, not both.',
      )
    const named = id ?? name
    if (named !== undefined)
      throw new KmsError('CustomKeyStoreNotFoundException', `Custom key store ${named} does not exist.`)
    const limit = input.Limit ?? 1000
    const page = pageOfList(call, { all: [], limit, marker: input.Marker, scope: '' })
    return { CustomKeyStores: page.rows, ...page.more }
  },
})

// Passwords and the proxy's credential never enter the log.
const STORE = [
  'CloudHsmClusterId',
  'XksProxyUriEndpoint',
  'XksProxyUriPath',
  'XksProxyVpcEndpointServiceName',
  'XksProxyVpcEndpointServiceOwner',
  'XksProxyConnectivity',
] as const

export const CreateCustomKeyStore = operation({
  name: 'CreateCustomKeyStore',
  service: 'KMS',
  action: 'kms:CreateCustomKeyStore',
  class: 'admin',
  input: CreateCustomKeyStoreInput,
  logged: { request: members('CustomKeyStoreName', 'CustomKeyStoreType', ...STORE) },
  run: refuse,
})

export const UpdateCustomKeyStore = operation({
  name: 'UpdateCustomKeyStore',
  service: 'KMS',
  action: 'kms:UpdateCustomKeyStore',
  class: 'admin',
  input: UpdateCustomKeyStoreInput,
  logged: { request: members('CustomKeyStoreId', 'NewCustomKeyStoreName', ...STORE) },
  run: refuse,
})

/** An operation that names a store and says nothing else. */
const onStore = <
  const N extends 'ConnectCustomKeyStore' | 'DisconnectCustomKeyStore' | 'DeleteCustomKeyStore',
>(
  name: N,
) =>
  operation({
    name,
    service: 'KMS',
    action: `kms:${name}`,
    class: 'admin',
    input: CustomKeyStoreInput,
    logged: { request: members('CustomKeyStoreId') },
    run: refuse,
  })

export const ConnectCustomKeyStore = onStore('ConnectCustomKeyStore')
export const DisconnectCustomKeyStore = onStore('DisconnectCustomKeyStore')
export const DeleteCustomKeyStore = onStore('DeleteCustomKeyStore')
