/** Inputs of the questions about permission (service Keyhouse): one decision, who can, and what a draft would change. */
import { z } from 'zod'
import { list, oneOf, structure, text } from '../constraints.ts'
import { KEY_SPEC_NAMES, KEY_USAGES } from '../key-spec.ts'
import { aliasName, encryptionContext, keyId, limit, marker, policy, tags } from './members.ts'

const principalArn = () => text({ min: 1, max: 2048 })
const uuid = () => text({ pattern: '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}' }).optional()

/** Condition values of the request by AWS's names, each with its values. */
const conditions = () => z.record(z.string(), list(text({ max: 1024 }), { max: 100 })).optional()

/** One of KeyId and Resource; Policy is a draft that takes the place of the key's policy. */
export const ExplainAccessInput = structure({
  KeyId: keyId().optional(),
  Resource: text({ min: 1, max: 2048 }).optional(),
  PrincipalArn: principalArn(),
  Action: text({ min: 1, max: 128, pattern: '([a-z0-9-]+:)?[A-Za-z0-9]+' }),
  EncryptionContext: encryptionContext(),
  Conditions: conditions(),
  Policy: policy().optional(),
})

/** One of the two. A request id is that of any answer, refusals included. */
export const ExplainEventInput = structure({ EventId: uuid(), RequestId: uuid() })

export const WhoCanInput = structure({ KeyId: keyId(), Policy: policy().optional() })

export const KeysOfInput = structure({ PrincipalArn: principalArn(), Marker: marker(), Limit: limit(100) })

export const CompareAccessInput = structure({ KeyId: keyId(), Policy: policy() })

/** Of a key that is not there yet: what CreateKey and CreateAlias would be given. */
export const PreviewAccessInput = structure({
  Policy: policy(),
  KeySpec: oneOf(KEY_SPEC_NAMES).optional(),
  KeyUsage: oneOf(KEY_USAGES).optional(),
  Origin: oneOf(['AWS_KMS', 'EXTERNAL']).optional(),
  AliasName: aliasName().optional(),
  Tags: tags().optional(),
})
