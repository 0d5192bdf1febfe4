/** Input of GetPublicKey. */
import { structure } from '../constraints.ts'
import { grantTokens, keyId } from './members.ts'

export const GetPublicKeyInput = structure({ KeyId: keyId(), GrantTokens: grantTokens() })
