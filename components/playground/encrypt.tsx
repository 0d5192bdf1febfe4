'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from './context-pairs.ts'
import { type DataEncoding, noData, readData } from './data.ts'
import { DataField } from './data-field.tsx'
import { encryptionAlgorithms, plaintextLimits } from './encryption.ts'
import { SendTo, useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

export const DATA_ENCODINGS = ['text', 'base64', 'hex', 'file'] as const satisfies readonly DataEncoding[]

/** Encrypt, as the person who is signed in. */
export function Encrypt({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'encrypt', named: named || handed.key })
  const [data, setData] = useState(handed.data ?? noData('text'))
  const [pairs, setPairs] = useState(NO_PAIRS)
  const [chosen, setAlgorithm] = useState<string>()
  const algorithms = encryptionAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'SYMMETRIC_DEFAULT'
  const bench = useBench('Encrypt', () => {
    setData((was) => noData(was.encoding))
    setPairs(NO_PAIRS)
  })

  const symmetric = algorithm === 'SYMMETRIC_DEFAULT'
  const limits = plaintextLimits(key.nature, algorithm)
  const { bytes, fault } = readData(data, limits)
  const context = symmetric ? contextOf(pairs) : undefined
  function readiness(): Ready<'Encrypt'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', fault, symmetric && faultIn(pairs))
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Write the data to encrypt: at least 1 byte.' }
    return { input: { KeyId: key.reference, Plaintext: toWire(bytes), ...rest } }
  }
  const rest = {
    ...(!symmetric && { EncryptionAlgorithm: algorithm }),
    ...(context && { EncryptionContext: context }),
  }
  return (
    <Workbench
      bench={bench}
      action="Encrypt"
      acting="Encrypting…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', Plaintext: '', ...rest }}
      fields={
        <>
          <KeyPicker operation="encrypt" choice={key} />
          {algorithms.length > 1 && (
            <AlgorithmField
              label="Encryption algorithm"
              algorithms={algorithms}
              value={algorithm}
              onChange={setAlgorithm}
            />
          )}
          <DataField
            label="Data"
            data={data}
            onChange={setData}
            encodings={DATA_ENCODINGS}
            whenOver={<SendTo sendings={[{ to: 'data-key', what: { data }, label: 'Use a data key' }]} />}
            {...limits}
          />
          {symmetric && <ContextEditor pairs={pairs} onChange={setPairs} />}
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => {
        const made = { ciphertext: output.CiphertextBlob, pairs, algorithm: output.EncryptionAlgorithm }
        // Only a symmetric ciphertext names its key.
        const what = symmetric ? made : { ...made, key: input.KeyId }
        return (
          <>
            <BytesView label="Ciphertext" base64={output.CiphertextBlob} encodings={['base64', 'hex']} />
            <SendTo
              sendings={[
                { to: 'decrypt', what },
                { to: 're-encrypt', what },
              ]}
            />
            <KeyFacts arn={output.KeyId} algorithm={output.EncryptionAlgorithm} />
          </>
        )
      }}
    />
  )
}
