'use client'

import { useEffect, useState } from 'react'
import { formatBytes } from '#lib/console/format.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultOf, NO_PAIRS } from './context-pairs.ts'
import { type Data, DataField, readData } from './data-field.tsx'
import { useHandover } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { useCall } from './use-call.ts'
import { useClearing } from './use-clearing.ts'
import { type OperationProps, type Ready, type RunForm, Workbench } from './workbench.tsx'

// "…Maximum length of 6144" — API_Decrypt, CiphertextBlob
const MOST = 6144
const tooMany = (bytes: number) => `The ciphertext is ${formatBytes(bytes)}; at most 6,144 can be one.`
const limits = { most: MOST, tooMany }
const NO_DATA: Data = { text: '', encoding: 'base64' }

/** Decrypt, as the person who is signed in. A ciphertext that Encrypt handed over is in place already. */
export function Decrypt({ scope, endpoint, named, run }: OperationProps<'Decrypt'>) {
  const handover = useHandover()
  const [given] = useState(handover.look)
  const [key, setKey] = useState(named)
  const [data, setData] = useState<Data>(given ? { text: given.ciphertext, encoding: 'base64' } : NO_DATA)
  const [pairs, setPairs] = useState(given?.pairs ?? NO_PAIRS)
  useEffect(() => handover.drop(), [handover])
  const call = useCall('Decrypt', run)
  const { cleared, clear } = useClearing(() => {
    setData((was) => ({ ...NO_DATA, encoding: was.encoding }))
    setPairs(NO_PAIRS)
    call.clear()
  })

  const { bytes, fault } = readData(data, limits)
  const context = contextOf(pairs)
  function readiness(): Ready<RunForm<'Decrypt'>> {
    if (fault !== undefined || bytes === undefined)
      return { reason: fault ?? 'The ciphertext can’t be read.' }
    if (bytes.length === 0) return { reason: 'Paste the ciphertext to decrypt.' }
    const wrong = pairs.map((pair) => faultOf(pair, pairs)).find(Boolean)
    if (wrong) return { reason: wrong }
    const input = {
      CiphertextBlob: toWire(bytes),
      ...(key !== '' && { KeyId: key }),
      ...(context && { EncryptionContext: context }),
    }
    return { form: { region: scope.region, input } }
  }
  const asCode = { CiphertextBlob: '', KeyId: key || undefined, EncryptionContext: context }
  return (
    <Workbench
      account={scope.account}
      operation="Decrypt"
      call={call}
      ready={readiness()}
      cleared={cleared}
      onClear={clear}
      snippets={snippetsFor([{ name: 'Decrypt', input: asCode }], { endpoint, region: scope.region })}
      fields={
        <>
          <DataField
            label="Ciphertext"
            data={data}
            onChange={setData}
            encodings={['base64', 'hex']}
            {...limits}
          />
          <KeyPicker scope={scope} value={key} onChange={setKey} optional />
          <ContextEditor pairs={pairs} onChange={setPairs} />
        </>
      }
      result={(output) => (
        <div className="space-y-4">
          <BytesView label="Plaintext" base64={output.Plaintext} encodings={['text', 'hex', 'base64']} />
          <KeyFacts
            arn={output.KeyId}
            algorithm={output.EncryptionAlgorithm}
            {...(output.KeyMaterialId && { material: output.KeyMaterialId })}
          />
        </div>
      )}
    />
  )
}
