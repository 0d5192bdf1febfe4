/** What every page of a key's policy knows, and can hand to the browser: whose policy, and who looks at it. */
import type { OutputOf } from '#lib/console/operations.ts'
import type { Scope } from '#lib/console/paths.ts'
import type { KnownKeyKind } from '#lib/domain/action-kinds.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import type { LoadedKey } from '../key.ts'

export type PolicyPlace = {
  readonly scope: Scope
  readonly keyId: string
  /** Its id, or its ARN where it is another account's. */
  readonly reference: string
  readonly name: string
  readonly alias: string | undefined
  /** ARN of who looks at it. */
  readonly self: string
  readonly partition: string
  readonly key: KnownKeyKind
  readonly regions: readonly string[]
  readonly endpoint: string
}

/** A version of the policy as it is in force. */
export type SavedPolicy = { readonly text: string; readonly version: number }

export type PolicyVersion = OutputOf<'ListPolicyVersions'>['Versions'][number]

export function placeOf(loaded: Extract<LoadedKey, { key: object }>, endpoint: string): PolicyPlace {
  const { scope, key, reference, name, aliases, session } = loaded
  return {
    scope,
    keyId: key.KeyId,
    reference,
    name,
    alias: aliases[0]?.AliasName,
    self: session.principal.arn,
    partition: partitionOf(scope.region),
    key: { spec: key.KeySpec, usage: key.KeyUsage, origin: key.Origin, multiRegion: key.MultiRegion },
    regions: session.regions,
    endpoint,
  }
}

export const draftPlaceOf = ({ self, scope, keyId }: PolicyPlace) => ({
  principal: self,
  region: scope.region,
  id: keyId,
})
