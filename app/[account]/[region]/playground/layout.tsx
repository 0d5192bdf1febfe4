import type { ReactNode } from 'react'
import { HandoverProvider } from '#components/playground/handover.tsx'
import { type Calls, PlayingProvider } from '#components/playground/playing.tsx'
import { tryAsk } from '#lib/console/engine.ts'
import { requireSession, signedInHere } from '#lib/console/session.ts'
import {
  decapsulate,
  decrypt,
  deriveSharedSecret,
  encapsulate,
  encrypt,
  generateDataKey,
  generateDataKeyPair,
  generateDataKeyPairWithoutPlaintext,
  generateDataKeyWithoutPlaintext,
  generateMac,
  generateRandom,
  reEncrypt,
  sign,
  verify,
  verifyMac,
} from './actions.ts'

const CALLS: Calls = {
  Encrypt: encrypt,
  Decrypt: decrypt,
  ReEncrypt: reEncrypt,
  GenerateDataKey: generateDataKey,
  GenerateDataKeyWithoutPlaintext: generateDataKeyWithoutPlaintext,
  GenerateDataKeyPair: generateDataKeyPair,
  GenerateDataKeyPairWithoutPlaintext: generateDataKeyPairWithoutPlaintext,
  Sign: sign,
  Verify: verify,
  GenerateMac: generateMac,
  VerifyMac: verifyMac,
  DeriveSharedSecret: deriveSharedSecret,
  Encapsulate: encapsulate,
  Decapsulate: decapsulate,
  GenerateRandom: generateRandom,
}

type Props = { params: Promise<{ account: string; region: string }>; children: ReactNode }

/** Stays while one goes from operation to operation: what one hands to the next is carried here, in memory. */
export default async function PlaygroundLayout({ params, children }: Props) {
  const { id, regions } = await requireSession()
  const { account, region } = await params
  const { output } = regions.includes(region) ? await tryAsk('Capabilities', {}, { region }) : {}
  const sessions = await signedInHere()
  return (
    <PlayingProvider
      scope={{ account, region }}
      endpoint={output?.Endpoint ?? ''}
      calls={CALLS}
      sessions={sessions}
      self={id}
    >
      <HandoverProvider>{children}</HandoverProvider>
    </PlayingProvider>
  )
}
