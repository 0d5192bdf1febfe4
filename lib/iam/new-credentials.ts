/** Temporary credentials: made here, sealed for their row, and shown once. */
import { sha256 } from '#lib/crypto/digest.ts'
import { randomBytes } from '#lib/crypto/random.ts'
import type { DomainKeys } from '#lib/engine/domain-keys.ts'
import { accessKeySecret } from '#lib/engine/record-identity.ts'
import type { NewTemporaryCredential } from '#lib/store/temporary-credentials.ts'
import { newAccessKeySecret, newTemporaryKeyId } from './identifiers.ts'

/** As STS answers them. */
export type Credentials = {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken: string
  readonly Expiration: Date
}

type Facts = Omit<NewTemporaryCredential, 'id' | 'secretSealed' | 'tokenHash'>

/** 384 random bits, which say nothing: what they stand for is in the row. */
const newToken = () => randomBytes(48).toString('base64')

/** The row to store, and the credentials to give out. */
export async function draftCredentials(
  domainKeys: DomainKeys,
  facts: Facts,
): Promise<{ readonly row: NewTemporaryCredential; readonly credentials: Credentials }> {
  const id = newTemporaryKeyId()
  const secret = newAccessKeySecret()
  const token = newToken()
  const bytes = Buffer.from(secret, 'utf8')
  try {
    const scope = { kind: 'account', account: facts.account } as const
    const secretSealed = await domainKeys.seal(scope, bytes, accessKeySecret(facts.account, id))
    return {
      row: { ...facts, id, secretSealed, tokenHash: sha256(token) },
      credentials: {
        AccessKeyId: id,
        SecretAccessKey: secret,
        SessionToken: token,
        Expiration: facts.expiresAt,
      },
    }
  } finally {
    bytes.fill(0)
  }
}

/** What CloudTrail may say of them: neither the secret nor the token. */
export const loggedCredentials = ({ AccessKeyId, Expiration }: Credentials) => ({
  accessKeyId: AccessKeyId,
  expiration: Expiration.toISOString(),
})
