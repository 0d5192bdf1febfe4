/** Inputs of the custom key store operations, with every constraint of the model (facts §14.1). */
import { oneOf, structure, text } from '../constraints.ts'
import { limit, marker } from './members.ts'

export const KEY_STORE_TYPES = ['AWS_CLOUDHSM', 'EXTERNAL_KEY_STORE'] as const

const storeId = () => text({ min: 1, max: 64 })
const storeName = () => text({ min: 1, max: 256 })

/** What both CreateCustomKeyStore and UpdateCustomKeyStore take. */
const storeMembers = () => ({
  KeyStorePassword: text({ min: 7, max: 32 }).optional(),
  CloudHsmClusterId: text({ min: 19, max: 24, pattern: 'cluster-[2-7a-zA-Z]{11,16}' }).optional(),
  XksProxyUriEndpoint: text({ min: 10, max: 128, pattern: '^https://[a-zA-Z0-9.-]+$' }).optional(),
  XksProxyUriPath: text({
    min: 10,
    max: 128,
    pattern: String.raw`^(/[a-zA-Z0-9\/_-]+/kms/xks/v\d{1,2})$|^(/kms/xks/v\d{1,2})$`,
  }).optional(),
  XksProxyVpcEndpointServiceName: text({
    min: 20,
    max: 64,
    pattern: String.raw`^(com|eu)\.amazonaws\.vpce\.([a-z]+-){2,3}\d+\.vpce-svc-[0-9a-z]+$`,
  }).optional(),
  XksProxyVpcEndpointServiceOwner: text({ min: 12, max: 12, pattern: '[0-9]{12}' }).optional(),
  XksProxyAuthenticationCredential: structure({
    AccessKeyId: text({ min: 20, max: 30, pattern: '^[A-Z2-7]+$' }),
    RawSecretAccessKey: text({ min: 43, max: 64, pattern: String.raw`^[a-zA-Z0-9\/+=]+$` }),
  }).optional(),
  XksProxyConnectivity: oneOf(['PUBLIC_ENDPOINT', 'VPC_ENDPOINT_SERVICE']).optional(),
})

export const CreateCustomKeyStoreInput = structure({
  CustomKeyStoreName: storeName(),
  TrustAnchorCertificate: text({ min: 1, max: 5000 }).optional(),
  CustomKeyStoreType: oneOf(KEY_STORE_TYPES).optional(),
  ...storeMembers(),
})

export const UpdateCustomKeyStoreInput = structure({
  CustomKeyStoreId: storeId(),
  NewCustomKeyStoreName: storeName().optional(),
  ...storeMembers(),
})

export const DescribeCustomKeyStoresInput = structure({
  CustomKeyStoreId: storeId().optional(),
  CustomKeyStoreName: storeName().optional(),
  Limit: limit(1000),
  Marker: marker(),
})

/** Connecting, disconnecting and deleting name the store and say nothing else. */
export const CustomKeyStoreInput = structure({ CustomKeyStoreId: storeId() })
