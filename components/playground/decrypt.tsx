'use client'

import { useState } from 'react'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { BreakIt, flipped, withoutPair } from './break-it.tsx'
import { fromWire, toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { CiphertextFacts } from './ciphertext-facts.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from './context-pairs.ts'
import { noData, readData, wireData } from './data.ts'
import { DataField } from './data-field.tsx'
import { CIPHERTEXT_LIMITS, encryptionAlgorithms } from './encryption.ts'
import { useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

export const NAMES_ITSELF = {
  option: 'The one that the ciphertext names',
  help: 'A ciphertext of a symmetric key names its own key. Give one to refuse ciphertexts of any other.',
}

const WHY = {
  flip: 'The tag of AES-GCM covers every byte of the ciphertext. A change anywhere, and nothing is decrypted; the answer never says where it was.',
  pair: 'The encryption context is part of what is authenticated: it has to be the same, to the letter.',
  key: 'The ciphertext names its key material, and KMS never tries another key’s.',
  rsa: 'Without the matching private key, or with one bit changed, OAEP’s padding does not come out right.',
}

/** Decrypt, as the person who is signed in. A ciphertext that was handed over is in place already. */
export function Decrypt({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'decrypt', named: handed.key ?? named, optional: true })
  const [data, setData] = useState(wireData(handed.ciphertext))
  const [pairs, setPairs] = useState(handed.pairs ?? NO_PAIRS)
  const [chosen, setAlgorithm] = useState(handed.algorithm)
  const algorithms = encryptionAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'SYMMETRIC_DEFAULT'
  const bench = useBench('Decrypt', () => {
    setData((was) => noData(was.encoding))
    setPairs(NO_PAIRS)
  })

  const symmetric = algorithm === 'SYMMETRIC_DEFAULT'
  const { bytes, fault } = readData(data, CIPHERTEXT_LIMITS)
  const context = symmetric ? contextOf(pairs) : undefined
  const rest = {
    ...(key.reference !== '' && { KeyId: key.reference }),
    ...(!symmetric && { EncryptionAlgorithm: algorithm }),
    ...(context && { EncryptionContext: context }),
  }
  function readiness(): Ready<'Decrypt'> {
    const wrong = firstOf(
      fault,
      symmetric && faultIn(pairs),
      !symmetric && key.reference === '' && `A ciphertext of ${algorithm} doesn’t name its key. Choose it.`,
    )
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Paste the ciphertext to decrypt.' }
    return { input: { CiphertextBlob: toWire(bytes), ...rest } }
  }
  return (
    <Workbench
      bench={bench}
      action="Decrypt"
      acting="Decrypting…"
      ready={readiness()}
      asCode={{ CiphertextBlob: '', ...rest }}
      fields={
        <>
          <DataField
            label="Ciphertext"
            data={data}
            onChange={setData}
            encodings={['base64', 'hex', 'file']}
            {...CIPHERTEXT_LIMITS}
          />
          {symmetric && <CiphertextFacts bytes={bytes} />}
          <KeyPicker operation="decrypt" choice={key} without={NAMES_ITSELF} />
          {algorithms.length > 1 && (
            <AlgorithmField
              label="Encryption algorithm"
              algorithms={algorithms}
              value={algorithm}
              onChange={setAlgorithm}
            />
          )}
          {symmetric && <ContextEditor pairs={pairs} onChange={setPairs} />}
        </>
      }
      result={(output, { input }) => (
        <>
          <BytesView label="Plaintext" base64={output.Plaintext} encodings={['text', 'hex', 'base64']} />
          <KeyFacts
            arn={output.KeyId}
            algorithm={output.EncryptionAlgorithm}
            material={output.KeyMaterialId}
          />
          <BreakIt
            name="Decrypt"
            breakages={[
              {
                label: 'Flip a byte',
                input: {
                  ...input,
                  CiphertextBlob: flipped(
                    String(input.CiphertextBlob),
                    fromWire(String(input.CiphertextBlob)).length - 1,
                  ),
                },
                why: symmetric ? WHY.flip : WHY.rsa,
              },
              {
                label: 'Drop a context pair',
                input: input.EncryptionContext
                  ? { ...input, EncryptionContext: withoutPair(input.EncryptionContext) }
                  : 'This ciphertext has no encryption context to drop a pair of.',
                why: WHY.pair,
              },
              otherKey(
                key.keys,
                output.KeyId,
                (KeyId) => ({ ...input, KeyId }),
                symmetric ? WHY.key : WHY.rsa,
              ),
            ]}
          />
        </>
      )}
    />
  )
}

type Keys = ReturnType<typeof useKeyChoice>['keys']

/** "Use another key": the first that is enabled and of the same kind as far as the operation goes. */
export function otherKey<I>(keys: Keys, arn: string, input: (keyId: string) => I, why: string) {
  const own = keys?.find((key) => key.arn === arn)
  const other = keys?.find(
    (key) => key.arn !== arn && key.state === 'Enabled' && (own === undefined || key.spec === own.spec),
  )
  return {
    label: 'Use another key',
    input: other ? input(other.id) : 'There is no other enabled key of this kind in the Region.',
    why,
  }
}
