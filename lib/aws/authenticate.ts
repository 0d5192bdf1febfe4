/** Who signed a request: the signature, the credential behind it, and the count of those that failed (R39). */
import type { Caller } from '#lib/domain/caller.ts'
import { asRefusal, FAULT, KmsError } from '#lib/domain/refusal.ts'
import { SkewRefusal } from './authorization.ts'
import type { Edge, Received } from './received.ts'
import type { Dialect } from './services.ts'
import { claimedAccessKeyId, readSignature, type SignedBy, verifySignature } from './sigv4.ts'

type Claim = { readonly dialect: Dialect; readonly bodyHash: Buffer }

/** Who signed this; or a refusal, counted and reported. */
export async function authenticate(
  edge: Edge,
  received: Received,
  claim: Claim,
): Promise<Omit<Caller, 'channel'>> {
  const { door, attempts } = edge
  const { headers, progress } = received
  const { address } = progress
  try {
    const signed = readSignature(headers, claim.dialect, door.now())
    const { accessKeyId } = signed
    if (attempts.spent(address, door.now()) && !attempts.proven(accessKeyId ?? '')) throw tooManyFailures()
    const credential = accessKeyId === undefined ? undefined : await door.credentials(accessKeyId)
    const by = verifySignature(signed, { headers, credential, now: door.now(), ...claim })
    attempts.proved(by.accessKeyId)
    return callerOf(by)
  } catch (thrown) {
    const refusal = asRefusal(thrown)
    // A fault of ours (the database is away) is no failed attempt.
    if (FAULT[refusal.code] !== 'caller') throw refusal
    report(edge, received, refusal)
    throw attempts.failed(address, door.now()) ? tooManyFailures() : refusal
  }
}

const callerOf = ({ principal, accessKeyId, region }: SignedBy) =>
  ({ principal, credential: { kind: 'access-key', id: accessKeyId }, region }) as const

export const tooManyFailures = () => new KmsError('ThrottlingException', 'Rate exceeded')

/** Tells the door of a request that never came through it. */
export function report(edge: Edge, { headers, progress }: Received, refusal: KmsError): void {
  edge.door.refused({
    address: progress.address,
    reason: refusal.code,
    accessKeyId: claimedAccessKeyId(headers),
    operation: progress.operation,
    skewSeconds: refusal instanceof SkewRefusal ? refusal.skewSeconds : undefined,
  })
}
