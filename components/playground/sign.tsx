'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import type { MessageType } from '#lib/domain/key-spec.ts'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { asTyped, noData, readData } from './data.ts'
import { SendTo } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import { MessageFields } from './message-fields.tsx'
import { messageLimits, messageTypes, signingAlgorithms } from './signing.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

/** Sign, as the person who is signed in. */
export function Sign({ named }: { named: string }) {
  const key = useKeyChoice({ operation: 'sign', named })
  const [message, setMessage] = useState(noData('text'))
  const [wanted, setType] = useState<MessageType>('RAW')
  const [chosen, setAlgorithm] = useState<string>()
  const algorithms = signingAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'ECDSA_SHA_256'
  const type = algorithmIn(messageTypes(algorithm), wanted) ?? 'RAW'
  const bench = useBench('Sign', () => setMessage((was) => noData(was.encoding)))

  const { bytes, fault } = readData(message, messageLimits(algorithm, type))
  const rest = { MessageType: type, SigningAlgorithm: algorithm }
  function readiness(): Ready<'Sign'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', fault)
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Write what is to be signed: at least 1 byte.' }
    return { input: { KeyId: key.reference, Message: toWire(bytes), ...rest } }
  }
  return (
    <Workbench
      bench={bench}
      action="Sign"
      acting="Signing…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', Message: '', ...rest }}
      fields={
        <>
          <KeyPicker operation="sign" choice={key} />
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
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => (
        <>
          <BytesView label="Signature" base64={output.Signature} encodings={['base64', 'hex']} />
          <SendTo
            sendings={[
              {
                to: 'verify',
                what: {
                  key: input.KeyId,
                  algorithm: output.SigningAlgorithm,
                  signature: output.Signature,
                  message: asTyped(message, bytes, String(input.Message)),
                  messageType: input.MessageType ?? 'RAW',
                },
              },
            ]}
          />
          <KeyFacts term="Signing algorithm" arn={output.KeyId} algorithm={output.SigningAlgorithm} />
        </>
      )}
    />
  )
}
