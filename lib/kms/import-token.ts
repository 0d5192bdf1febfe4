/**
 * Import tokens: bytes that name an import session, sealed for the key it was made for. They say themselves when they
 * end, so that a session's wrapping key can be forgotten then.
 */
import { LABELS } from '#lib/crypto/labels.ts'
import { openToken, sealToken } from '#lib/crypto/sealed-token.ts'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Services } from '#lib/engine/services.ts'
import type { KeyPlace } from '#lib/store/keys.ts'

type Meaning = { readonly session: string; readonly endsAt: number }

/** A token opens for its own key only. */
const kindOf = ({ importTokenKey }: Services, { account, region, id }: KeyPlace) => ({
  key: importTokenKey,
  label: LABELS.importToken,
  purpose: `import/${account}/${region}/${id}`,
})

export const invalidToken = () =>
  new KmsError('InvalidImportTokenException', 'The import token is not valid.')

/** The token of a session that ends at a time of the installation's clock. */
export function sealImportToken(
  services: Services,
  key: KeyPlace,
  session: { readonly id: string; readonly expiresAt: Date },
): Buffer {
  const meaning: Meaning = { session: session.id, endsAt: session.expiresAt.getTime() }
  return Buffer.from(sealToken(kindOf(services, key), meaning), 'base64url')
}

/**
 * The id of the session that a token names.
 * @throws InvalidImportTokenException for what was not made for this key, ExpiredImportTokenException after its end.
 */
export function openImportToken(
  services: Services,
  key: KeyPlace,
  given: { readonly token: Uint8Array; readonly now: Date },
): string {
  const text = Buffer.from(given.token).toString('base64url')
  // Only this process and its peers can seal a token for this purpose, and they seal a Meaning.
  const meaning = openToken(kindOf(services, key), text) as Meaning | undefined
  if (!meaning) throw invalidToken()
  if (meaning.endsAt <= given.now.getTime())
    throw new KmsError('ExpiredImportTokenException', 'The import token has expired.')
  return meaning.session
}
