'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { refusalIn } from '#lib/console/messages.ts'
import { read } from '#lib/console/queries.ts'
import type { MessageType, SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { fromWire } from './bytes.ts'
import { opensslLine, verifyOffline } from './offline.ts'
import { printPem } from './pem.ts'
import { usePlaying } from './playing.tsx'
import { saveFile } from './save-file.ts'

type Props = {
  keyId: string
  algorithm: SigningAlgorithmName
  type: MessageType
  message: Uint8Array<ArrayBuffer> | undefined
  signature: Uint8Array<ArrayBuffer> | undefined
  reason: string | undefined
}

const ANSWERS = {
  true: 'The signature holds. KMS wasn’t asked.',
  false: 'The signature doesn’t hold. KMS wasn’t asked.',
}

/** Verifying without KMS: anyone with the public key can, and KMS's log has nothing of it. */
export function OfflineCheck({ keyId, algorithm, type, message, signature, reason }: Props) {
  const { scope } = usePlaying()
  const queries = useQueryClient()
  const [said, setSaid] = useState('')
  const publicKey = () =>
    queries.fetchQuery({
      ...read(scope.account, scope.region, 'GetPublicKey', { KeyId: keyId }),
      staleTime: 60_000,
    })
  const refused = (thrown: unknown) => {
    const { code, message: words } = refusalIn(thrown)
    setSaid(`GetPublicKey failed: ${code}. ${words}`)
  }
  async function verify() {
    if (!message || !signature) return
    try {
      const { PublicKey, KeySpec: spec } = await publicKey()
      const der = Uint8Array.from(fromWire(PublicKey))
      const held = await verifyOffline({ spec, algorithm, type, publicKey: der, message, signature })
      setSaid(typeof held === 'string' ? `${held} Use the line below.` : ANSWERS[held ? 'true' : 'false'])
    } catch (thrown) {
      refused(thrown)
    }
  }
  async function download() {
    try {
      saveFile('public-key.pem', printPem(fromWire((await publicKey()).PublicKey)))
    } catch (thrown) {
      refused(thrown)
    }
  }
  const choose = keyId === '' ? 'Choose a key.' : undefined
  return (
    <Section title="Verify offline">
      <Hint>Anyone with the public key can verify, without calling KMS and without permission.</Hint>
      <div className="mt-2 flex flex-wrap gap-2">
        <Button reason={choose ?? reason} onClick={() => void verify()}>
          Verify in this browser
        </Button>
        <Button reason={choose} onClick={() => void download()}>
          Download public key
        </Button>
      </div>
      <p role="status" className="mt-2 text-table">
        {said}
      </p>
      <CodeBlock
        wrap
        className="mt-2 max-w-form"
        label="openssl command"
        code={opensslLine({ algorithm, type })}
      />
    </Section>
  )
}
