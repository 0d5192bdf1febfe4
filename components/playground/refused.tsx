'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { Denied } from '#components/denied.tsx'
import { MutationError, RefusalCode } from '#components/states.tsx'
import { Note } from '#components/ui/hint.tsx'
import { type RefusalCode as Code, isDenied, type RefusalView } from '#lib/console/messages.ts'
import { paths } from '#lib/console/paths.ts'
import { fromWire } from './bytes.ts'
import { useMaker } from './ciphertext-facts.tsx'
import { usePlaying } from './playing.tsx'

/** What most often stands behind a refusal, where the playground knows more than the code says. */
const CAUSES: Partial<Record<Code, string>> = {
  InvalidCiphertextException:
    'Most often the encryption context is not the one that was encrypted with: every key and value must be the same, to the letter. Otherwise the ciphertext was cut, changed, or made elsewhere.',
  IncorrectKeyException:
    'This ciphertext names another key than the one you gave. Choose “The one that the ciphertext names”.',
  KMSInvalidStateException:
    'A key that is pending deletion encrypts and decrypts nothing. Cancel its deletion, then enable it.',
  DisabledException: 'Someone disabled the key; nothing else about it has changed. Enable it on its page.',
  InvalidKeyUsageException:
    'The key is for another use, or the algorithm is not one of its spec. Choose a key that the list offers.',
  KMSInvalidSignatureException:
    'The message, its type, the algorithm or the key is not what was signed with: each must be the same.',
  KMSInvalidMacException: 'The message, the algorithm or the key is not what the MAC was made with.',
  ValidationException:
    'A value has the wrong length or form. A digest must be as long as its hash; a public key must be of the key’s own curve.',
  NotFoundException:
    'There is no such key in this Region. Keys belong to one Region: switch to the one it was made in.',
}

const ABOUT_CIPHERTEXT: ReadonlySet<Code> = new Set(['InvalidCiphertextException', 'IncorrectKeyException'])

/** For refusals about a ciphertext: which key it was really made by, where that may be known. */
function Maker({ ciphertext }: { ciphertext: string }) {
  const { scope } = usePlaying()
  const { key } = useMaker(fromWire(ciphertext))
  if (!key) return null
  return (
    <>
      {' '}
      This ciphertext was made by{' '}
      <Link href={paths.keyRoot(scope, key.KeyId)} className="link break-all">
        {key.KeyArn}
      </Link>
      .
    </>
  )
}

type Props = {
  name: string
  input: object
  refusal: RefusalView
  /** The key as it was chosen from a list: its name is known to whoever chose it. */
  keyName: ReactNode
}

/** A refusal of a call: AWS's exception, what it means, the likely cause, and what to do. */
export function Refused({ name, input, refusal, keyName }: Props) {
  if (isDenied(refusal)) {
    return (
      <div className="space-y-2" role="alert">
        <Denied refusal={refusal} what={`${name} was denied.`} resource={keyName} />
        <RefusalCode refusal={refusal} />
      </div>
    )
  }
  const cause = CAUSES[refusal.code]
  const ciphertext = 'CiphertextBlob' in input && ABOUT_CIPHERTEXT.has(refusal.code) && input.CiphertextBlob
  return (
    <div className="space-y-2">
      <MutationError refusal={refusal} what={`${name} failed.`} />
      {cause && (
        <Note tone="brass" className="max-w-form">
          <span className="font-semibold">Likely cause.</span> {cause}
          {typeof ciphertext === 'string' && <Maker ciphertext={ciphertext} />}
        </Note>
      )}
    </div>
  )
}
