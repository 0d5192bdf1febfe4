'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/input.tsx'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { firstOf, type Ready, useBench } from './bench.ts'
import { toWire } from './bytes.ts'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MaskedBytes } from './masked-bytes.tsx'
import { printPem, readPublicKey } from './pem.ts'
import type { KeyNature } from './played.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

// "Maximum length of 8192." — API_DeriveSharedSecret, PublicKey
const MOST = 8192

/** The curve of a key as WebCrypto calls it, or why a peer for it cannot be made here. */
function curveOf(nature: KeyNature | undefined): { curve: string } | { reason: string } {
  if (!globalThis.crypto?.subtle) return { reason: 'Browsers make keys only over HTTPS or on this computer.' }
  const material = nature && KEY_SPECS[nature.spec].material
  if (!material) return { reason: 'Choose a key first: the pair has to be on its curve.' }
  return material.kind === 'ec'
    ? { curve: material.curve }
    : { reason: `Browsers have no ${KEY_SPECS[nature.spec].label} keys.` }
}

/** DeriveSharedSecret, as the person who is signed in. */
export function SharedSecret({ named }: { named: string }) {
  const key = useKeyChoice({ operation: 'shared-secret', named })
  const [peer, setPeer] = useState('')
  const bench = useBench('DeriveSharedSecret', () => setPeer(''))
  const read = readPublicKey(peer)
  const fault =
    read.fault ?? ((read.bytes?.length ?? 0) > MOST ? 'A public key has at most 8,192 bytes.' : undefined)
  const curve = curveOf(key.nature)
  async function makePeer() {
    if (!('curve' in curve)) return
    const made = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: curve.curve }, false, [
      'deriveBits',
    ])
    setPeer(printPem(new Uint8Array(await crypto.subtle.exportKey('spki', made.publicKey))))
  }
  function readiness(): Ready<'DeriveSharedSecret'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', fault)
    if (wrong) return { reason: wrong }
    if (!read.bytes?.length) return { reason: 'Paste the public key of the other side.' }
    return { input: { KeyId: key.reference, KeyAgreementAlgorithm: 'ECDH', PublicKey: toWire(read.bytes) } }
  }
  return (
    <Workbench
      bench={bench}
      action="Derive shared secret"
      acting="Deriving…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', KeyAgreementAlgorithm: 'ECDH', PublicKey: '' }}
      fields={
        <>
          <KeyPicker operation="shared-secret" choice={key} />
          <Field
            label="Peer’s public key"
            help="PEM, or DER (SubjectPublicKeyInfo) in base64, on the same curve as the key."
            error={fault}
          >
            {(control) => (
              <Textarea
                {...control}
                mono
                rows={6}
                autoComplete="off"
                spellCheck={false}
                className="max-h-64 break-all"
                value={peer}
                onChange={(event) => setPeer(event.target.value)}
              />
            )}
          </Field>
          <Button reason={'reason' in curve ? curve.reason : undefined} onClick={() => void makePeer()}>
            Make a peer in this browser
          </Button>
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output) => (
        <>
          <MaskedBytes label="Shared secret" base64={output.SharedSecret} />
          <p className="max-w-prose text-table text-text2">
            The raw secret (z). Don’t use it as a key: put it through a key derivation function first.
          </p>
          <KeyFacts
            term="Key agreement algorithm"
            arn={output.KeyId}
            algorithm={output.KeyAgreementAlgorithm}
          />
        </>
      )}
    />
  )
}
