/** Inputs of the grant operations, with the members of 2026 (facts, appendix A). */
import { list, oneOf, stringMap, structure, text } from '../constraints.ts'
import { GRANT_OPERATIONS } from '../grant.ts'
import { dryRun, grantTokens, keyId, limit, marker } from './members.ts'

const principal = () => text({ min: 1, max: 256, pattern: String.raw`^[\w+=,.@:/-]+$` })
const grantId = () => text({ min: 1, max: 128 })
const grantToken = () => text({ min: 1, max: 8192 })

export const CreateGrantInput = structure({
  KeyId: keyId(),
  GranteePrincipal: principal().optional(),
  GranteeServicePrincipal: principal().optional(),
  RetiringPrincipal: principal().optional(),
  RetiringServicePrincipal: principal().optional(),
  Operations: list(oneOf(GRANT_OPERATIONS)),
  Constraints: structure({
    EncryptionContextSubset: stringMap().optional(),
    EncryptionContextEquals: stringMap().optional(),
    SourceArn: text({ min: 1, max: 2048 }).optional(),
  }).optional(),
  GrantTokens: grantTokens(),
  Name: text({ min: 1, max: 256, pattern: '^[a-zA-Z0-9:/_-]+$' }).optional(),
  DryRun: dryRun(),
})

// The model says 1000, the documentation and the service 100 (facts §1.6).
export const ListGrantsInput = structure({
  Limit: limit(100),
  Marker: marker(),
  KeyId: keyId(),
  GrantId: grantId().optional(),
  GranteePrincipal: principal().optional(),
  GranteeServicePrincipal: principal().optional(),
})

export const ListRetirableGrantsInput = structure({
  Limit: limit(100),
  Marker: marker(),
  RetiringPrincipal: principal().optional(),
  RetiringServicePrincipal: principal().optional(),
})

export const RetireGrantInput = structure({
  GrantToken: grantToken().optional(),
  KeyId: keyId().optional(),
  GrantId: grantId().optional(),
  DryRun: dryRun(),
})

export const RevokeGrantInput = structure({ KeyId: keyId(), GrantId: grantId(), DryRun: dryRun() })
