import { formatSpan } from '#lib/console/format.ts'

type Refusal = {
  readonly reason: string
  readonly skewSeconds: number | null
  readonly accessKeyId: string | null
}

const WORDS: Readonly<Record<string, string>> = {
  InvalidSignatureException: 'check the secret access key.',
  SignatureDoesNotMatch: 'check the secret access key.',
  UnrecognizedClientException: 'check the access key ID; it is unknown here, or deactivated.',
  InvalidClientTokenId: 'check the access key ID; it is unknown here, or deactivated.',
  MissingAuthenticationTokenException: 'the request was not signed. Configure an access key.',
  MissingAuthenticationToken: 'the request was not signed. Configure an access key.',
  IncompleteSignatureException:
    'the signature is incomplete. Something between the program and Keyhouse may have changed its headers.',
  UnknownOperationException: 'this version of Keyhouse does not have this operation.',
  ThrottlingException: 'too many requests at once.',
}

// A signature is good for five minutes, so a clock further off is told as one.
const NOTABLE_SKEW = 60

/** What to check after a refused connection, in plain words. */
export function refusalWords({ reason, skewSeconds, accessKeyId }: Refusal): string {
  const clock = skewSeconds !== null && Math.abs(skewSeconds) >= NOTABLE_SKEW
  if (clock) {
    const side = skewSeconds > 0 ? 'ahead' : 'behind'
    return `check the secret, or the clock: ${Math.abs(skewSeconds)} s of skew (it is ${formatSpan(Math.abs(skewSeconds))} ${side}).`
  }
  const words =
    WORDS[reason] ?? 'the request could not be read. Check the endpoint and the program’s version.'
  return accessKeyId ? `${words.replace(/\.$/, '')} (key ${accessKeyId}).` : words
}
