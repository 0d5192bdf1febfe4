'use client'

import { useState } from 'react'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { CiphertextFacts } from './ciphertext-facts.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from './context-pairs.ts'
import { noData, readData, wireData } from './data.ts'
import { DataField } from './data-field.tsx'
import { NAMES_ITSELF } from './decrypt.tsx'
import { CIPHERTEXT_LIMITS, encryptionAlgorithms } from './encryption.ts'
import { SendTo, useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

/** Re-encrypt: from one key and context to another, without the plaintext leaving the server. */
export function ReEncrypt({ named }: { named: string }) {
  const handed = useHanded()
  const source = useKeyChoice({ operation: 're-encrypt', named: handed.key, optional: true })
  const target = useKeyChoice({ operation: 're-encrypt', named })
  const [data, setData] = useState(wireData(handed.ciphertext))
  const [fromPairs, setFromPairs] = useState(handed.pairs ?? NO_PAIRS)
  const [toPairs, setToPairs] = useState(handed.pairs ?? NO_PAIRS)
  const [fromChosen, setFrom] = useState(handed.algorithm)
  const [toChosen, setTo] = useState<string>()
  const fromAlgorithms = encryptionAlgorithms(source.nature)
  const toAlgorithms = encryptionAlgorithms(target.nature)
  const from = algorithmIn(fromAlgorithms, fromChosen) ?? 'SYMMETRIC_DEFAULT'
  const to = algorithmIn(toAlgorithms, toChosen) ?? 'SYMMETRIC_DEFAULT'
  const bench = useBench('ReEncrypt', () => {
    setData((was) => noData(was.encoding))
    setFromPairs(NO_PAIRS)
    setToPairs(NO_PAIRS)
  })

  const fromSymmetric = from === 'SYMMETRIC_DEFAULT'
  const toSymmetric = to === 'SYMMETRIC_DEFAULT'
  const { bytes, fault } = readData(data, CIPHERTEXT_LIMITS)
  const fromContext = fromSymmetric ? contextOf(fromPairs) : undefined
  const toContext = toSymmetric ? contextOf(toPairs) : undefined
  const rest = {
    ...(source.reference !== '' && { SourceKeyId: source.reference }),
    ...(!fromSymmetric && { SourceEncryptionAlgorithm: from }),
    ...(fromContext && { SourceEncryptionContext: fromContext }),
    ...(!toSymmetric && { DestinationEncryptionAlgorithm: to }),
    ...(toContext && { DestinationEncryptionContext: toContext }),
  }
  function readiness(): Ready<'ReEncrypt'> {
    const wrong = firstOf(
      fault,
      fromSymmetric && faultIn(fromPairs),
      !fromSymmetric && source.reference === '' && `A ciphertext of ${from} doesn’t name its key. Choose it.`,
      target.reference === '' && 'Choose the destination key.',
      toSymmetric && faultIn(toPairs),
    )
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Paste the ciphertext to re-encrypt.' }
    return { input: { CiphertextBlob: toWire(bytes), DestinationKeyId: target.reference, ...rest } }
  }
  return (
    <Workbench
      bench={bench}
      action="Re-encrypt"
      acting="Re-encrypting…"
      ready={readiness()}
      asCode={{ CiphertextBlob: '', DestinationKeyId: target.reference || '<key ID>', ...rest }}
      fields={
        <>
          <DataField
            label="Ciphertext"
            data={data}
            onChange={setData}
            encodings={['base64', 'hex', 'file']}
            {...CIPHERTEXT_LIMITS}
          />
          {fromSymmetric && <CiphertextFacts bytes={bytes} />}
          <div className="grid gap-x-6 gap-y-4 md:grid-cols-2">
            <div className="min-w-0 space-y-4">
              <KeyPicker operation="re-encrypt" choice={source} label="Source key" without={NAMES_ITSELF} />
              {fromAlgorithms.length > 1 && (
                <AlgorithmField
                  label="Source algorithm"
                  algorithms={fromAlgorithms}
                  value={from}
                  onChange={setFrom}
                />
              )}
              {fromSymmetric && (
                <ContextEditor legend="Source encryption context" pairs={fromPairs} onChange={setFromPairs} />
              )}
            </div>
            <div className="min-w-0 space-y-4">
              <KeyPicker operation="re-encrypt" choice={target} label="Destination key" />
              {toAlgorithms.length > 1 && (
                <AlgorithmField
                  label="Destination algorithm"
                  algorithms={toAlgorithms}
                  value={to}
                  onChange={setTo}
                />
              )}
              {toSymmetric && (
                <ContextEditor
                  legend="Destination encryption context"
                  pairs={toPairs}
                  onChange={setToPairs}
                />
              )}
            </div>
          </div>
        </>
      }
      result={(output, { input }) => (
        <>
          <BytesView label="Ciphertext" base64={output.CiphertextBlob} encodings={['base64', 'hex']} />
          <SendTo
            sendings={[
              {
                to: 'decrypt',
                what: {
                  ciphertext: output.CiphertextBlob,
                  pairs: toPairs,
                  algorithm: output.DestinationEncryptionAlgorithm,
                  ...(!toSymmetric && { key: input.DestinationKeyId }),
                },
              },
            ]}
          />
          <KeyFacts
            keyTerm="From"
            term="Algorithm"
            arn={output.SourceKeyId}
            algorithm={output.SourceEncryptionAlgorithm}
            material={output.SourceKeyMaterialId}
          />
          <KeyFacts
            keyTerm="To"
            term="Algorithm"
            arn={output.KeyId}
            algorithm={output.DestinationEncryptionAlgorithm}
            material={output.DestinationKeyMaterialId}
          />
        </>
      )}
    />
  )
}
