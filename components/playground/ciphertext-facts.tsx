'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { Facts } from '#components/ui/facts.tsx'
import { Hint } from '#components/ui/hint.tsx'
import { Identifier } from '#components/ui/identifier.tsx'
import { formatBytes, middle } from '#lib/console/format.ts'
import { refusalIn } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { read } from '#lib/console/queries.ts'
import { ciphertextHead, readCiphertextBlob } from '#lib/domain/ciphertext-blob.ts'
import { toWire } from './bytes.ts'
import { usePlaying } from './playing.tsx'

/** The key that made a ciphertext, for those who may describe it. The head of the blob is enough to find it. */
export function useMaker(bytes: Uint8Array | undefined) {
  const { scope } = usePlaying()
  const named = bytes && readCiphertextBlob(bytes)
  const head = bytes && named ? toWire(ciphertextHead(bytes)) : ''
  const found = useQuery({
    ...read(scope.account, scope.region, 'FindKeyOfCiphertext', { CiphertextBlob: head }),
    enabled: named !== undefined,
    retry: false,
  })
  return { named, key: found.data, error: found.error }
}

/** What a ciphertext says of itself, without decrypting it: which key, which material, how much. */
export function CiphertextFacts({ bytes }: { bytes: Uint8Array | undefined }) {
  const { scope } = usePlaying()
  const { named, key, error } = useMaker(bytes)
  if (!bytes?.length) return null
  if (!named)
    return (
      <Hint>
        This ciphertext doesn’t name its key: it is not of a symmetric key of Keyhouse. Choose the key and the
        algorithm it was made with.
      </Hint>
    )
  const maker = key ? (
    <Link href={paths.keyRoot(scope, key.KeyId)} className="link break-all">
      {key.KeyArn}
    </Link>
  ) : error ? (
    `No key of ${scope.region} that you may describe (${refusalIn(error).code}).`
  ) : (
    'Looking…'
  )
  return (
    <section aria-label="What the ciphertext says" className="max-w-form border-s-2 border-line ps-3">
      <Facts
        columns={2}
        facts={[
          { term: 'Made by', value: maker },
          {
            term: 'Key material ID',
            value: (
              <Identifier value={named.materialId} short={middle(named.materialId)} name="key material ID" />
            ),
          },
          { term: 'Format', value: `Ciphertext blob, version ${named.version}` },
          { term: 'Plaintext', value: formatBytes(named.plaintextBytes) },
        ]}
      />
    </section>
  )
}
