/** Inputs of the alias operations. */
import { structure } from '../constraints.ts'
import { aliasName, keyId, limit, marker } from './members.ts'

export const CreateAliasInput = structure({ AliasName: aliasName(), TargetKeyId: keyId() })
export const UpdateAliasInput = CreateAliasInput
export const DeleteAliasInput = structure({ AliasName: aliasName() })
// The model says 1000, the documentation and the service 100 (facts §1.6).
export const ListAliasesInput = structure({ KeyId: keyId().optional(), Limit: limit(100), Marker: marker() })
