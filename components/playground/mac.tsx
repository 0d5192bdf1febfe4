'use client'

import { useState } from 'react'
import { KeyName } from '#components/key-name.tsx'
import { KEY_SPECS, MAC_ALGORITHMS, type MacAlgorithmName } from '#lib/domain/key-spec.ts'
import { AlgorithmField, algorithmIn } from './algorithm-field.tsx'
import { firstOf, type Ready, useBench } from './bench.ts'
import { BreakIt, flipped } from './break-it.tsx'
import { toWire } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { asTyped, type Limits, noData, readData, wireData } from './data.ts'
import { DataField } from './data-field.tsx'
import { otherKey } from './decrypt.tsx'
import { DATA_ENCODINGS } from './encrypt.tsx'
import { SendTo, useHanded } from './handover.tsx'
import { KeyFacts } from './key-facts.tsx'
import { KeyPicker } from './key-picker.tsx'
import type { KeyNature } from './played.ts'
import { useKeyChoice } from './use-key-choice.ts'
import { Workbench } from './workbench.tsx'

// "Messages can be up to 4,096 bytes" — API_GenerateMac
const MESSAGE: Limits = {
  most: 4096,
  tooMany: (bytes) =>
    `The message is ${bytes.toLocaleString('en-GB')} bytes; at most 4,096 can be sent. Send its digest.`,
}
const MAC: Limits = { most: 6144, tooMany: () => 'A MAC has at most 64 bytes.' }

const macAlgorithms = (nature: KeyNature | undefined): readonly MacAlgorithmName[] =>
  nature?.usage === 'GENERATE_VERIFY_MAC' ? KEY_SPECS[nature.spec].mac : MAC_ALGORITHMS

/** GenerateMac, as the person who is signed in. */
export function Mac({ named }: { named: string }) {
  const key = useKeyChoice({ operation: 'mac', named })
  const [message, setMessage] = useState(noData('text'))
  const [chosen, setAlgorithm] = useState<string>()
  const algorithms = macAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'HMAC_SHA_256'
  const bench = useBench('GenerateMac', () => setMessage((was) => noData(was.encoding)))
  const { bytes, fault } = readData(message, MESSAGE)
  function readiness(): Ready<'GenerateMac'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', fault)
    if (wrong) return { reason: wrong }
    if (!bytes?.length) return { reason: 'Write the message: at least 1 byte.' }
    return { input: { KeyId: key.reference, Message: toWire(bytes), MacAlgorithm: algorithm } }
  }
  return (
    <Workbench
      bench={bench}
      action="Generate MAC"
      acting="Generating…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', Message: '', MacAlgorithm: algorithm }}
      fields={
        <>
          <KeyPicker operation="mac" choice={key} />
          <AlgorithmField
            label="MAC algorithm"
            algorithms={algorithms}
            value={algorithm}
            onChange={setAlgorithm}
          />
          <DataField
            label="Message"
            data={message}
            onChange={setMessage}
            encodings={DATA_ENCODINGS}
            {...MESSAGE}
          />
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => (
        <>
          <BytesView label="MAC" base64={output.Mac} encodings={['hex', 'base64']} />
          <SendTo
            sendings={[
              {
                to: 'verify-mac',
                what: {
                  key: input.KeyId,
                  algorithm: output.MacAlgorithm,
                  mac: output.Mac,
                  message: asTyped(message, bytes, String(input.Message)),
                },
              },
            ]}
          />
          <KeyFacts term="MAC algorithm" arn={output.KeyId} algorithm={output.MacAlgorithm} />
        </>
      )}
    />
  )
}

/** VerifyMac, as the person who is signed in. */
export function VerifyMac({ named }: { named: string }) {
  const handed = useHanded()
  const key = useKeyChoice({ operation: 'verify-mac', named: handed.key ?? named })
  const [message, setMessage] = useState(handed.message ?? noData('text'))
  const [mac, setMac] = useState(wireData(handed.mac, 'hex'))
  const [chosen, setAlgorithm] = useState(handed.algorithm)
  const algorithms = macAlgorithms(key.nature)
  const algorithm = algorithmIn(algorithms, chosen) ?? 'HMAC_SHA_256'
  const bench = useBench('VerifyMac', () => {
    setMessage((was) => noData(was.encoding))
    setMac((was) => noData(was.encoding))
  })
  const said = readData(message, MESSAGE)
  const made = readData(mac, MAC)
  function readiness(): Ready<'VerifyMac'> {
    const wrong = firstOf(key.reference === '' && 'Choose a key.', said.fault, made.fault)
    if (wrong) return { reason: wrong }
    if (!said.bytes?.length) return { reason: 'Write the message: at least 1 byte.' }
    if (!made.bytes?.length) return { reason: 'Paste the MAC.' }
    const bytes = { Message: toWire(said.bytes), Mac: toWire(made.bytes) }
    return { input: { KeyId: key.reference, ...bytes, MacAlgorithm: algorithm } }
  }
  return (
    <Workbench
      bench={bench}
      action="Verify MAC"
      acting="Verifying…"
      ready={readiness()}
      asCode={{ KeyId: key.reference || '<key ID>', Message: '', Mac: '', MacAlgorithm: algorithm }}
      fields={
        <>
          <KeyPicker operation="verify-mac" choice={key} />
          <AlgorithmField
            label="MAC algorithm"
            algorithms={algorithms}
            value={algorithm}
            onChange={setAlgorithm}
          />
          <DataField
            label="Message"
            data={message}
            onChange={setMessage}
            encodings={DATA_ENCODINGS}
            {...MESSAGE}
          />
          <DataField
            label="MAC"
            data={mac}
            onChange={setMac}
            encodings={['hex', 'base64', 'file']}
            rows={3}
            {...MAC}
          />
        </>
      }
      keyName={key.listed && <KeyName keyId={key.listed.id} alias={key.listed.aliases[0]} />}
      result={(output, { input }) => (
        <>
          <p className="text-body font-medium">The MAC is valid.</p>
          <KeyFacts term="MAC algorithm" arn={output.KeyId} algorithm={output.MacAlgorithm} />
          <BreakIt
            name="VerifyMac"
            breakages={[
              {
                label: 'Flip a byte of the MAC',
                input: { ...input, Mac: flipped(String(input.Mac)) },
                why: 'Every bit of a MAC counts, and KMS compares them all in the same time.',
              },
              {
                label: 'Flip a byte of the message',
                input: { ...input, Message: flipped(String(input.Message)) },
                why: 'Another message has another MAC.',
              },
              otherKey(
                key.keys,
                output.KeyId,
                (KeyId) => ({ ...input, KeyId }),
                'A MAC is made and verified by one and the same key.',
              ),
            ]}
          />
        </>
      )}
    />
  )
}
