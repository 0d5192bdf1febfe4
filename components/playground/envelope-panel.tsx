'use client'

import { useState } from 'react'
import { Section } from '#components/page-header.tsx'
import { Button } from '#components/ui/button.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { FieldError } from '#components/ui/field.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { formatBytes } from '#lib/console/format.ts'
import { fromWire } from './bytes.ts'
import { allBytes, type Data, type Limits, noData, readData } from './data.ts'
import { DataField } from './data-field.tsx'
import { sealEnvelope } from './envelope.ts'
import { saveFile } from './save-file.ts'

const MOST = 64 * 1024 * 1024
const LIMITS: Limits = { most: MOST, tooMany: () => 'The browser encrypts up to 64 MiB at once.' }

type Props = {
  /** The data key in plaintext and encrypted, base64. */
  plaintext: string
  ciphertext: string
  context: Readonly<Record<string, string>> | undefined
  /** What was too large for Encrypt. */
  given: Data | undefined
}

/** Encrypts data here, in the browser, with the data key, and says what to store. */
export function EnvelopePanel({ plaintext, ciphertext, context, given }: Props) {
  const [data, setData] = useState(given ?? noData('file'))
  const [sealed, setSealed] = useState<Uint8Array<ArrayBuffer>>()
  const [failed, setFailed] = useState(false)
  const read = readData(data, LIMITS)
  const key = Uint8Array.from(fromWire(plaintext))
  const reason =
    key.length !== 32 && key.length !== 16
      ? `AES-GCM takes keys of 16 or 32 bytes; this one has ${formatBytes(key.length)}.`
      : globalThis.crypto?.subtle
        ? (read.fault ?? (read.size ? undefined : 'Choose a file or write the data.'))
        : 'Browsers encrypt only over HTTPS or on this computer.'
  async function seal() {
    setFailed(false)
    try {
      const bytes = await allBytes(data)
      if (bytes) setSealed(await sealEnvelope(key, bytes))
    } catch {
      setFailed(true)
    } finally {
      key.fill(0)
    }
  }
  const name = data.encoding === 'file' ? (data.file?.source.name ?? 'data') : 'data'
  return (
    <Section title="Envelope">
      <Hint>
        Encrypts data of any size in this browser with the data key. Only the small key went to KMS; the data
        goes nowhere.
      </Hint>
      <div className="mt-3 space-y-3">
        <DataField
          label="Data to encrypt"
          data={data}
          onChange={(changed) => {
            setData(changed)
            setSealed(undefined)
          }}
          encodings={['file', 'text', 'base64', 'hex']}
          {...LIMITS}
        />
        <Button reason={reason} onClick={() => void seal()}>
          Encrypt in this browser
        </Button>
        {failed && (
          <FieldError>The browser could not encrypt this. The file may have changed or moved.</FieldError>
        )}
      </div>
      {sealed && (
        <div className="mt-4" role="status">
          <h3 className="mb-2 text-table font-medium">Store these together</h3>
          <Facts
            columns={2}
            facts={[
              {
                term: 'The encrypted data',
                value: (
                  <>
                    {formatBytes(sealed.length)}: IV, ciphertext, tag
                    <Button onClick={() => saveFile(`${name}.encrypted`, sealed)}>Download data</Button>
                  </>
                ),
              },
              {
                term: 'The encrypted data key',
                value: (
                  <>
                    {formatBytes(fromWire(ciphertext).length)}
                    <Button onClick={() => saveFile(`${name}.key`, Uint8Array.from(fromWire(ciphertext)))}>
                      Download key
                    </Button>
                  </>
                ),
              },
              {
                term: 'The encryption context',
                value: context ? (
                  <code className="break-all text-mono">{JSON.stringify(context)}</code>
                ) : (
                  'None'
                ),
              },
              { term: 'The algorithm', value: `AES-${key.length * 8}-GCM, IV of 12 bytes in front` },
            ]}
          />
          <Hint className="mt-2">
            Throw the plaintext key away: Clear does it here. To read the data again, Decrypt the encrypted
            data key with the same context, then decrypt the data with it.
          </Hint>
        </div>
      )}
    </Section>
  )
}
