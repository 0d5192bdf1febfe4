'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { BreakIt, flipped } from './break-it.tsx'
import { toWire } from './bytes.ts'
import { type Limits, noData, readData, wireData } from './data.ts'
import { DataField } from './data-field.tsx'
import { otherKey } from './decrypt.tsx'
import { useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MessageFields } from './message-fields.tsx'
import { OfflineCheck } from './offline-check.tsx'
import { messageLimits, messageTypes, signingAlgorithms } from './signing.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

// "Maximum length of 6144." — API_Verify, Signature; ML-DSA-87 signs with 4,627 bytes.
const SIGNATURE: Limits = { most: 6144, tooMany: () => 'A signature has at most 6,144 bytes.' }

const WHY = {
  signature: 'A signature is valid for exactly one message and key. A changed one is valid for none.',
  message: 'The message hashes to something else now, and the signature is not over that.',
  key: 'Only the key that signed verifies.',
}

/** Verify, as the person who is signed in, and without KMS. */
export function Verify({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'verify', named: handed.key ?? named })
  const [message, setMessage] = useState(handed.message ?? noData('text'))
  const [signature, setSignature] = useState(wireData(handed.signature))
  const [wanted, setType] = useState(handed.messageType ?? 'RAW')
  const [chosen, setAlgorithm] = useState(handed.algorithm)
  const algorithms = signingAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'ECDSA_SHA_256'
  const type = algorithmIn(messageTypes(algorithm), wanted) ?? 'RAW'
  const bench = useBench('Verify', () => {
    setMessage((was) => noData(was.encoding))
    setSignature((was) => noData(was.encoding))
  })

  const said = readData(message, messageLimits(algorithm, type))
  const signed = readData(signature, SIGNATURE)
  const rest = { MessageType: type, SigningAlgorithm: algorithm }
  const missing = firstOf(
    said.fault,
    !said.bytes?.length && 'Write the message that was signed.',
    signed.fault,
    !signed.bytes?.length && 'Paste the signature.',
  )
  function readiness(): Ready<'Verify'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', missing)
    if (wrong || !said.bytes || !signed.bytes) return { reason: wrong ?? 'The message can’t be read.' }
    const bytes = { Message: toWire(said.bytes), Signature: toWire(signed.bytes) }
    return { input: { KeyId: key.reference, ...bytes, ...rest } }
  }
  return (
    <Workbench
      bench={bench}
      action="Verify"
      acting="Verifying…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', Message: '', Signature: '', ...rest }}
      fields={
        <>
          <KeyPicker operation="verify" choice={key} />
          <AlgorithmField
            label="Signing algorithm"
            algorithms={algorithms}
            value={algorithm}
            onChange={setAlgorithm}
          />
          <MessageFields
            algorithm={algorithm}
            type={type}
            onType={setType}
            message={message}
            onMessage={setMessage}
          />
          <DataField
            label="Signature"
            data={signature}
            onChange={setSignature}
            encodings={['base64', 'hex', 'file']}
            rows={3}
            {...SIGNATURE}
          />
        </>
      }
      beside={
        <OfflineCheck
          keyId={key.reference}
          algorithm={algorithm}
          type={type}
          message={said.bytes}
          signature={signed.bytes}
          reason={missing}
        />
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => (
        <>
          <p className="text-body font-medium">The signature is valid.</p>
          <KeyFacts term="Signing algorithm" arn={output.KeyId} algorithm={output.SigningAlgorithm} />
          <BreakIt
            name="Verify"
            breakages={[
              {
                label: 'Flip a byte of the signature',
                input: { ...input, Signature: flipped(String(input.Signature)) },
                why: WHY.signature,
              },
              {
                label: 'Flip a byte of the message',
                input: { ...input, Message: flipped(String(input.Message)) },
                why: WHY.message,
              },
              otherKey(key.keys, output.KeyId, (KeyId) => ({ ...input, KeyId }), WHY.key),
            ]}
          />
        </>
      )}
    />
  )
}
