'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Select } from '#components/ui/input.tsx'
import { firstOf, useBench } from './bench.ts'
import { BytesView } from './bytes-view.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from './context-pairs.ts'
import { EnvelopePanel } from './envelope-panel.tsx'
import { SendTo, useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MaskedBytes } from './masked-bytes.tsx'
import { byteCount, NumberField } from './number-field.tsx'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

const LENGTHS = [
  ['AES_256', 'AES_256, 32 bytes'],
  ['AES_128', 'AES_128, 16 bytes'],
  ['bytes', 'A number of bytes…'],
] as const
type Length = (typeof LENGTHS)[number][0]

/** Data keys, and an envelope made with one. */
export function DataKey({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'data-key', named })
  const [length, setLength] = useState<Length>('AES_256')
  const [typed, setTyped] = useState('64')
  const [bare, setBare] = useState(true)
  const [pairs, setPairs] = useState(NO_PAIRS)
  const [given, setGiven] = useState(handed.data)
  const empty = () => {
    setPairs(NO_PAIRS)
    setGiven(undefined)
  }
  const withPlaintext = useBench('GenerateDataKey', empty)
  const without = useBench('GenerateDataKeyWithoutPlaintext', empty)
  const { value, fault } = byteCount(typed)
  const context = contextOf(pairs)
  const input = {
    KeyId: key.reference,
    ...(length === 'bytes' ? { NumberOfBytes: value } : { KeySpec: length }),
    ...(context && { EncryptionContext: context }),
  }
  const wrong = firstOf(key.reference === '' && 'Choose a key.', length === 'bytes' && fault, faultIn(pairs))
  const shared = {
    action: 'Generate data key',
    acting: 'Generating…',
    ready: wrong ? { reason: wrong } : { input },
    asCode: { ...input, KeyId: key.reference || '<key ID>' },
    keyName: key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />,
    fields: (
      <>
        {given && <Hint>The data that was too large for Encrypt is kept: it goes into the envelope.</Hint>}
        <KeyPicker operation="data-key" choice={key} />
        <Field label="Length">
          {(control) => (
            <Select
              {...control}
              value={length}
              onChange={(event) =>
                setLength(LENGTHS.find(([one]) => one === event.target.value)?.[0] ?? 'AES_256')
              }
            >
              {LENGTHS.map(([one, label]) => (
                <option key={one} value={one}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {length === 'bytes' && (
          <NumberField label="Number of bytes" value={typed} onChange={setTyped} error={fault} />
        )}
        <Checkbox
          label="With plaintext"
          help="Without it, the key can be stored now and used later, by whoever may decrypt."
          checked={bare}
          onChange={(event) => setBare(event.target.checked)}
        />
        <ContextEditor pairs={pairs} onChange={setPairs} />
      </>
    ),
  }
  const sealed = (output: { CiphertextBlob: string; KeyId: string; KeyMaterialId?: string }) => (
    <>
      <BytesView label="Encrypted data key" base64={output.CiphertextBlob} encodings={['base64', 'hex']} />
      <SendTo sendings={[{ to: 'decrypt', what: { ciphertext: output.CiphertextBlob, pairs } }]} />
      <KeyFacts arn={output.KeyId} algorithm="SYMMETRIC_DEFAULT" material={output.KeyMaterialId} />
    </>
  )
  if (!bare) return <Workbench bench={without} {...shared} result={sealed} />
  return (
    <Workbench
      bench={withPlaintext}
      {...shared}
      result={(output) => (
        <>
          <MaskedBytes label="Plaintext data key" base64={output.Plaintext ?? ''} />
          {sealed(output)}
          <EnvelopePanel
            key={output.CiphertextBlob}
            plaintext={output.Plaintext ?? ''}
            ciphertext={output.CiphertextBlob}
            context={context}
            given={given}
          />
        </>
      )}
    />
  )
}
