'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { KEY_SPECS } from '#lib/domain/key-spec.ts'
import { firstOf, type Ready, useBench } from './bench.ts'
import { BreakIt, flipped } from './break-it.tsx'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { type Limits, noData, readData, wireData } from './data.ts'
import { DataField } from './data-field.tsx'
import { otherKey } from './decrypt.tsx'
import { SendTo, useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MaskedBytes } from './masked-bytes.tsx'
import type { KeyNature } from './played.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

const ALGORITHM = { EncapsulationAlgorithm: 'ML_KEM' } as const

/** Encapsulate: a fresh secret, and the ciphertext from which only the key's holder gets it. */
export function Encapsulate({ named }: { named: string }) {
  const key = useKeyChoice({ operation: 'encapsulate', named })
  const bench = useBench('Encapsulate', () => {})
  const input = { KeyId: key.reference, ...ALGORITHM }
  return (
    <Workbench
      bench={bench}
      action="Encapsulate"
      acting="Encapsulating…"
      ready={key.reference === '' ? { reason: 'Choose a key.' } : { input }}
      asCode={{ ...input, KeyId: key.reference || '<key ID>' }}
      fields={<KeyPicker operation="encapsulate" choice={key} />}
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output) => (
        <>
          <MaskedBytes label="Shared secret" base64={output.SharedSecret} />
          <BytesView
            label="Encapsulated secret"
            base64={output.SharedSecretCiphertextBlob}
            encodings={['base64', 'hex']}
          />
          <SendTo
            sendings={[
              {
                to: 'decapsulate',
                what: { key: key.reference, ciphertext: output.SharedSecretCiphertextBlob },
              },
            ]}
          />
          <KeyFacts
            term="Encapsulation algorithm"
            arn={output.KeyId}
            algorithm={output.EncapsulationAlgorithm}
          />
        </>
      )}
    />
  )
}

/** ML-KEM's ciphertexts have one length for each key spec. */
function limitsOf(nature: KeyNature | undefined): Limits {
  const material = nature && KEY_SPECS[nature.spec].material
  if (material?.kind !== 'ml-kem') return { most: 6144, tooMany: () => 'At most 6,144 bytes can be one.' }
  const most = material.ciphertextBytes
  return {
    most,
    exactly: true,
    tooMany: (bytes) =>
      `This is ${bytes.toLocaleString('en-GB')} bytes; a secret for ML-KEM-${material.level} has exactly ${most.toLocaleString('en-GB')}.`,
  }
}

/** Decapsulate: the secret again, from its ciphertext. */
export function Decapsulate({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'decapsulate', named: handed.key ?? named })
  const [data, setData] = useState(wireData(handed.ciphertext))
  const bench = useBench('Decapsulate', () => setData((was) => noData(was.encoding)))
  const limits = limitsOf(key.nature)
  const { bytes, fault } = readData(data, limits)
  function readiness(): Ready<'Decapsulate'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', fault)
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Paste the encapsulated secret.' }
    return { input: { KeyId: key.reference, SharedSecretCiphertextBlob: toWire(bytes), ...ALGORITHM } }
  }
  return (
    <Workbench
      bench={bench}
      action="Decapsulate"
      acting="Decapsulating…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', SharedSecretCiphertextBlob: '', ...ALGORITHM }}
      fields={
        <>
          <KeyPicker operation="decapsulate" choice={key} />
          <DataField
            label="Encapsulated secret"
            data={data}
            onChange={setData}
            encodings={['base64', 'hex', 'file']}
            {...limits}
          />
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => {
        const answered = ({ SharedSecret }: { SharedSecret: string }) =>
          SharedSecret === output.SharedSecret ? 'The same secret.' : 'With 32 bytes, but of another secret.'
        const why =
          'ML-KEM never says that a ciphertext is wrong: it answers with a secret that nobody else has. The two sides notice when their messages don’t open.'
        return (
          <>
            <MaskedBytes label="Shared secret" base64={output.SharedSecret} />
            <KeyFacts
              term="Encapsulation algorithm"
              arn={output.KeyId}
              algorithm={output.EncapsulationAlgorithm}
            />
            <BreakIt
              name="Decapsulate"
              breakages={[
                {
                  label: 'Flip a byte',
                  input: {
                    ...input,
                    SharedSecretCiphertextBlob: flipped(String(input.SharedSecretCiphertextBlob)),
                  },
                  why,
                  answered,
                },
                { ...otherKey(key.keys, output.KeyId, (KeyId) => ({ ...input, KeyId }), why), answered },
              ]}
            />
          </>
        )
      }}
    />
  )
}
