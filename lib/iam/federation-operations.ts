/** Operations on second factors, on identity providers, and the simulator. */
import {
  AddClientIDToOpenIDConnectProvider,
  CreateOpenIDConnectProvider,
  DeleteOpenIDConnectProvider,
  GetOpenIDConnectProvider,
  ListOpenIDConnectProviders,
  PutIdentityProviderKeys,
  RemoveClientIDFromOpenIDConnectProvider,
  UpdateOpenIDConnectProviderThumbprint,
} from './identity-providers.ts'
import { CreateVirtualMFADevice, DeleteVirtualMFADevice, ListVirtualMFADevices } from './mfa-devices.ts'
import { DeactivateMFADevice, EnableMFADevice, ResyncMFADevice } from './mfa-of-users.ts'
import {
  ListOpenIDConnectProviderTags,
  TagOpenIDConnectProvider,
  UntagOpenIDConnectProvider,
} from './provider-tags.ts'
import { SimulateCustomPolicy, SimulatePrincipalPolicy } from './simulate.ts'

export const federationOperations = [
  ...[CreateVirtualMFADevice, DeleteVirtualMFADevice, ListVirtualMFADevices],
  ...[EnableMFADevice, DeactivateMFADevice, ResyncMFADevice],
  ...[CreateOpenIDConnectProvider, GetOpenIDConnectProvider, ListOpenIDConnectProviders],
  ...[AddClientIDToOpenIDConnectProvider, RemoveClientIDFromOpenIDConnectProvider],
  ...[UpdateOpenIDConnectProviderThumbprint, DeleteOpenIDConnectProvider, PutIdentityProviderKeys],
  ...[TagOpenIDConnectProvider, UntagOpenIDConnectProvider, ListOpenIDConnectProviderTags],
  ...[SimulatePrincipalPolicy, SimulateCustomPolicy],
] as const
