'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { Button } from '#components/ui/button.tsx'
import { Checkbox } from '#components/ui/checkbox.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import type { OutputOf } from '#lib/console/operations.ts'
import { partitionOf } from '#lib/domain/arn.ts'
import { DATA_KEY_PAIR_SPECS, type DataKeyPairSpec } from '#lib/domain/data-key-spec.ts'
import { existsIn } from '#lib/domain/key-spec.ts'
import { AlgorithmField } from './algorithm-field.tsx'
import { firstOf, useBench } from './bench.ts'
import { fromWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { ContextEditor } from './context-editor.tsx'
import { contextOf, faultIn, NO_PAIRS } from './context-pairs.ts'
import { SendTo } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MaskedBytes } from './masked-bytes.tsx'
import { printPem } from './pem.ts'
import { usePlaying } from './playing.tsx'
import { saveFile } from './save-file.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

/** Key pairs whose private half a symmetric key encrypts. */
export function DataKeyPair({ named }: { named: string }) {
  const { scope } = usePlaying()
  const key = useKeyChoice({ operation: 'data-key-pair', named })
  const [spec, setSpec] = useState<DataKeyPairSpec>('ECC_NIST_P256')
  const [bare, setBare] = useState(true)
  const [pairs, setPairs] = useState(NO_PAIRS)
  const empty = () => setPairs(NO_PAIRS)
  const withPlaintext = useBench('GenerateDataKeyPair', empty)
  const without = useBench('GenerateDataKeyPairWithoutPlaintext', empty)
  const context = contextOf(pairs)
  const input = { KeyId: key.reference, KeyPairSpec: spec, ...(context && { EncryptionContext: context }) }
  const wrong = firstOf(key.reference === '' && 'Choose a key.', faultIn(pairs))
  const shared = {
    action: 'Generate data key pair',
    acting: 'Generating…',
    ready: wrong ? { reason: wrong } : { input },
    asCode: { ...input, KeyId: key.reference || '<key ID>' },
    keyName: key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />,
    fields: (
      <>
        <KeyPicker operation="data-key-pair" choice={key} />
        <AlgorithmField
          label="Key pair spec"
          algorithms={DATA_KEY_PAIR_SPECS.filter((one) => existsIn(one, partitionOf(scope.region)))}
          value={spec}
          onChange={setSpec}
        />
        <Checkbox
          label="With plaintext"
          help="Without it, the private key comes encrypted only, and Decrypt gives it later."
          checked={bare}
          onChange={(event) => setBare(event.target.checked)}
        />
        <ContextEditor pairs={pairs} onChange={setPairs} />
      </>
    ),
  }
  const result = (output: OutputOf<'GenerateDataKeyPair'>) => {
    const pem = printPem(fromWire(output.PublicKey))
    return (
      <>
        <div>
          <h3 className="mb-1 text-table font-medium">Public key</h3>
          <CodeBlock code={pem} label="Public key" className="max-h-64 overflow-y-auto" />
          <Button className="mt-1.5" onClick={() => saveFile('public-key.pem', pem)}>
            Download public key
          </Button>
        </div>
        {output.PrivateKeyPlaintext && (
          <MaskedBytes label="Plaintext private key" base64={output.PrivateKeyPlaintext} />
        )}
        <BytesView
          label="Encrypted private key"
          base64={output.PrivateKeyCiphertextBlob}
          encodings={['base64', 'hex']}
        />
        <SendTo
          sendings={[{ to: 'decrypt', what: { ciphertext: output.PrivateKeyCiphertextBlob, pairs } }]}
        />
        <KeyFacts
          keyTerm="Private key encrypted under"
          term="Key pair spec"
          arn={output.KeyId}
          algorithm={output.KeyPairSpec}
          material={output.KeyMaterialId}
        />
      </>
    )
  }
  return bare ? (
    <Workbench bench={withPlaintext} {...shared} result={result} />
  ) : (
    <Workbench bench={without} {...shared} result={result} />
  )
}
