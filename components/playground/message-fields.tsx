'use client'

import { useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { RadioTiles } from '#components/ui/radio-tiles.tsx'
import type { MessageType, SigningAlgorithmName } from '#lib/domain/key-spec.ts'
import { printBytes } from './bytes.ts'
import { allBytes, type Data } from './data.ts'
import { DataField } from './data-field.tsx'
import { DATA_ENCODINGS } from './encrypt.tsx'
import { FileInput } from './file-input.tsx'
import { browserDigest, messageLimits, messageTypes, TYPE_WORDS } from './signing.ts'

type Props = {
  algorithm: SigningAlgorithmName
  type: MessageType
  onType: (type: MessageType) => void
  message: Data
  onMessage: (message: Data) => void
}

const NOT_HERE = 'Browsers hash only over HTTPS or on this computer.'

async function digestOf(algorithm: SigningAlgorithmName, data: Data): Promise<Data | undefined> {
  const hash = browserDigest(algorithm)
  const bytes = await allBytes(data)
  if (!hash || !bytes) return undefined
  const digest = new Uint8Array(await crypto.subtle.digest(hash, bytes))
  return { text: printBytes(digest, 'hex') ?? '', encoding: 'hex' }
}

/** The message to sign or to verify: as it is, or as a digest that this browser can make of a file. */
export function MessageFields({ algorithm, type, onType, message, onMessage }: Props) {
  const types = messageTypes(algorithm)
  const hash = browserDigest(algorithm)
  async function takeDigest(data: Data) {
    const digest = await digestOf(algorithm, data)
    if (!digest) return
    onType('DIGEST')
    onMessage(digest)
  }
  return (
    <>
      {types.length > 1 && (
        <RadioTiles
          legend="Message type"
          tiles={types.map((value) => ({ value, ...TYPE_WORDS[value] }))}
          value={type}
          onChange={onType}
        />
      )}
      <DataField
        label={TYPE_WORDS[type].label}
        data={message}
        onChange={onMessage}
        encodings={type === 'RAW' ? DATA_ENCODINGS : ['hex', 'base64', 'file']}
        rows={type === 'RAW' ? 5 : 3}
        whenOver={
          type === 'RAW' &&
          hash &&
          types.includes('DIGEST') && (
            <Button
              reason={globalThis.crypto?.subtle ? undefined : NOT_HERE}
              onClick={() => void takeDigest(message)}
            >
              Use its {hash} digest
            </Button>
          )
        }
        {...messageLimits(algorithm, type)}
      />
      {type === 'DIGEST' &&
        (hash ? (
          <HashFile
            hash={hash}
            onFile={(file) => takeDigest({ text: '', encoding: 'file', file: { source: file } })}
          />
        ) : (
          <Hint>The digest is SM3 of Z and the message, which browsers don’t have. OpenSSL makes it.</Hint>
        ))}
    </>
  )
}

function HashFile({ hash, onFile }: { hash: string; onFile: (file: File) => Promise<void> }) {
  const [file, setFile] = useState<File>()
  if (!globalThis.crypto?.subtle) return <Hint>{NOT_HERE}</Hint>
  return (
    <Field
      label="Hash in browser"
      optional
      help={`Its ${hash} digest is put in above. The file itself stays on this computer.`}
    >
      {(control) => (
        <FileInput
          control={control}
          file={file}
          most={0}
          onChange={(chosen) => {
            setFile(chosen?.source)
            if (chosen) void onFile(chosen.source)
          }}
        />
      )}
    </Field>
  )
}
