'use client'

import { useEffect, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { CodeBlock } from '#components/ui/code-block.tsx'
import { Facts } from '#components/ui/facts.tsx'
import { Note } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatBytes, shortId } from '#lib/console/format.ts'
import { fromBase64 } from '#lib/domain/constraints.ts'
import type { AsymmetricSpecName, KeyUsageName } from '#lib/domain/key-spec.ts'
import { offlineUse, pemOf } from './offline-use.ts'

type PublicKeyProps = {
  keyId: string
  spec: AsymmetricSpecName
  usage: KeyUsageName
  /** DER SubjectPublicKeyInfo in base64. */
  publicKey: string
}

function save(name: string, content: BlobPart, type: string): void {
  const url = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** SHA-256 over the DER, as tools print it; undefined where the page has no WebCrypto (plain http elsewhere). */
function useFingerprint(der: Uint8Array<ArrayBuffer>): string | undefined {
  const [fingerprint, setFingerprint] = useState<string>()
  useEffect(() => {
    void globalThis.crypto.subtle
      ?.digest('SHA-256', der)
      .then((hash) =>
        setFingerprint([...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join(':')),
      )
  }, [der])
  return fingerprint
}

/** The public half of a key, and how to use it without calling Keyhouse. */
export function PublicKeyPanel({ keyId, spec, usage, publicKey }: PublicKeyProps) {
  const [der] = useState(() => fromBase64(publicKey) ?? new Uint8Array())
  const fingerprint = useFingerprint(der)
  const pem = pemOf(publicKey)
  const name = `${shortId(keyId)}-public`
  const offline = offlineUse({ spec, usage }, `${name}.pem`)
  return (
    <div className="space-y-6">
      <Facts
        columns={2}
        facts={[
          { term: 'Form', value: `DER SubjectPublicKeyInfo, ${formatBytes(der.length)}` },
          {
            term: 'SHA-256 fingerprint',
            value: fingerprint ? (
              <Identifier value={fingerprint} name="fingerprint" short={`${fingerprint.slice(0, 29)}…`} />
            ) : (
              '—'
            ),
          },
        ]}
      />
      <div className="max-w-form space-y-2">
        <CodeBlock code={pem} label="Public key in PEM" />
        <p className="flex flex-wrap gap-2">
          <Button onClick={() => save(`${name}.pem`, pem, 'application/x-pem-file')}>Download PEM</Button>
          <Button onClick={() => save(`${name}.der`, der, 'application/octet-stream')}>Download DER</Button>
        </p>
      </div>
      <Note tone="brass" className="max-w-form">
        Whatever is done with a downloaded public key happens outside: no policy decides it and no event
        records it. Disabling or deleting the key does not take it back.
      </Note>
      {offline && (
        <div className="max-w-form space-y-2">
          <h3 className="text-table font-medium">{offline.title}</h3>
          <CodeBlock code={offline.code} label={offline.title} />
          {offline.note && <p className="text-table text-text2">{offline.note}</p>}
        </div>
      )}
    </div>
  )
}
