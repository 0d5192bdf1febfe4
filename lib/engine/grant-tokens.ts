/**
 * Grant tokens: opaque text that names a grant (facts §9.1). Grants are in force here the moment they are made, so a
 * token adds no permission; what is none of ours is refused all the same, as AWS refuses it.
 */

import { LABELS } from '#lib/crypto/labels.ts'
import { openToken, sealToken } from '#lib/crypto/sealed-token.ts'
import type { KeyObject } from '#lib/crypto/secret-key.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { KeyPlace } from '#lib/store/keys.ts'

export type GrantPlace = KeyPlace & { readonly grantId: string }

const kind = (key: KeyObject) => ({ key, label: LABELS.grantToken, purpose: 'grant' })

/** A fresh token: no two are the same, also for one grant. */
export const sealGrantToken = (key: KeyObject, { account, region, id, grantId }: GrantPlace): string =>
  sealToken(kind(key), { account, region, id, grantId })

/** @throws InvalidGrantTokenException for what is no token of ours. Whether the grant still exists is not looked at. */
export function openGrantToken(key: KeyObject, token: string): GrantPlace {
  const place = openToken(kind(key), token)
  if (place === undefined) throw new KmsError('InvalidGrantTokenException', 'The grant token is not valid.')
  // Only this process and its peers can seal a token, and they seal a GrantPlace.
  return place as GrantPlace
}
