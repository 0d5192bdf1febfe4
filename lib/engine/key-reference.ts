/**
 * What a KeyId member says: parsed once, with AWS's refusals for what is none (facts §2.1).
 */
import { KEY_ID, type Place, parseArn } from '#lib/domain/arn.ts'
import { KmsError } from '#lib/domain/refusal.ts'

export type KeyReference =
  | { readonly kind: 'key'; readonly account: string; readonly id: string }
  | { readonly kind: 'alias'; readonly account: string; readonly name: string }

const invalidKeyId = (text: string) => new KmsError('NotFoundException', `Invalid keyId '${text}'`)

function parseResource(resource: string, account: string, text: string): KeyReference {
  if (resource.startsWith('alias/')) return { kind: 'alias', account, name: resource }
  const id = resource.startsWith('key/') ? resource.slice(4) : resource
  if (!KEY_ID.test(id)) throw invalidKeyId(text)
  return { kind: 'key', account, id }
}

function parseKeyArn(text: string, here: Place): KeyReference {
  const arn = parseArn(text)
  if (arn?.service !== 'kms' || !/^[0-9]{12}$/.test(arn.account)) {
    throw new KmsError('InvalidArnException', `Invalid arn ${text}`)
  }
  if (arn.region !== here.region || arn.partition !== here.partition) {
    throw new KmsError('NotFoundException', `Invalid arn ${arn.region}`)
  }
  if (!/^(key|alias)\//.test(arn.resource)) throw new KmsError('InvalidArnException', `Invalid arn ${text}`)
  return parseResource(arn.resource, arn.account, text)
}

/**
 * Parses a key id, key ARN, alias name or alias ARN for a call made `here`.
 * @throws NotFoundException or InvalidArnException, as AWS words them.
 */
export function parseKeyReference(text: string, here: Place): KeyReference {
  if (text.startsWith('arn:')) return parseKeyArn(text, here)
  if (text.startsWith('key/')) throw invalidKeyId(text)
  return parseResource(text, here.account, text)
}
