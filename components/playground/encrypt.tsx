'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { Button } from '#components/ui/button.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { snippetsFor } from '#lib/console/snippets.ts'
import { ENCODINGS, toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultOf, NO_PAIRS } from './context-pairs.ts'
import { type Data, DataField, readData } from './data-field.tsx'
import { useHandover } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { KEYS_OF_PICKER, pickedBy, usualKey } from './picked-keys.ts'
import { useCall } from './use-call.ts'
import { useClearing } from './use-clearing.ts'
import { type OperationProps, type Ready, type RunForm, Workbench } from './workbench.tsx'

// "…between 1 and 4096 bytes" — API_Encrypt, Plaintext
const MOST = 4096
const tooMany = (bytes: number) =>
  `The data is ${formatBytes(bytes)}; a symmetric key takes at most 4,096. Use a data key for larger data.`
const limits = { most: MOST, tooMany }
const NO_DATA: Data = { text: '', encoding: 'text' }

/** Encrypt, as the person who is signed in. */
export function Encrypt({ scope, endpoint, named, run }: OperationProps<'Encrypt'>) {
  const { data: keys } = useQuery(read(scope.account, scope.region, 'SearchKeys', KEYS_OF_PICKER))
  const [chosen, setKey] = useState(named === '' ? undefined : named)
  const key = chosen ?? usualKey(keys?.Keys ?? [])
  const [data, setData] = useState(NO_DATA)
  const [pairs, setPairs] = useState(NO_PAIRS)
  const picked = pickedBy(keys?.Keys ?? [], key)
  const call = useCall('Encrypt', run)
  const { cleared, clear } = useClearing(() => {
    setData((was) => ({ ...NO_DATA, encoding: was.encoding }))
    setPairs(NO_PAIRS)
    call.clear()
  })
  const router = useRouter()
  const handover = useHandover()

  const { bytes, fault } = readData(data, limits)
  const context = contextOf(pairs)
  function readiness(): Ready<RunForm<'Encrypt'>> {
    if (key === '') return { reason: 'Choose a key.' }
    if (fault !== undefined || bytes === undefined) return { reason: fault ?? 'The data can’t be read.' }
    if (bytes.length === 0) return { reason: 'Write the data to encrypt: at least 1 byte.' }
    const wrong = pairs.map((pair) => faultOf(pair, pairs)).find(Boolean)
    if (wrong) return { reason: wrong }
    const input = { KeyId: key, Plaintext: toWire(bytes), ...(context && { EncryptionContext: context }) }
    return { form: { region: scope.region, input } }
  }
  return (
    <Workbench
      account={scope.account}
      operation="Encrypt"
      call={call}
      ready={readiness()}
      cleared={cleared}
      onClear={clear}
      snippets={snippetsFor(
        [{ name: 'Encrypt', input: { KeyId: key || '<key ID>', Plaintext: '', EncryptionContext: context } }],
        { endpoint, region: scope.region },
      )}
      fields={
        <>
          <KeyPicker scope={scope} value={key} onChange={setKey} />
          <DataField label="Data" data={data} onChange={setData} encodings={ENCODINGS} {...limits} />
          <ContextEditor pairs={pairs} onChange={setPairs} />
        </>
      }
      keyName={picked && <KeyName keyId={picked.id} alias={picked.aliases[0]} />}
      result={(output) => (
        <div className="space-y-4">
          <BytesView label="Ciphertext" base64={output.CiphertextBlob} encodings={['base64', 'hex']} />
          <Button
            onClick={() => {
              handover.give({ ciphertext: output.CiphertextBlob, pairs })
              router.push(paths.playground(scope, 'decrypt'))
            }}
          >
            Send to Decrypt
          </Button>
          <KeyFacts arn={output.KeyId} algorithm={output.EncryptionAlgorithm} />
        </div>
      )}
    />
  )
}
