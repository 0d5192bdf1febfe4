'use client'

import type { ReactNode } from 'react'
import { Denied } from '#components/denied.tsx'
import { MutationError, RefusalCode } from '#components/states.tsx'
import { Note } from '#components/ui/hint.tsx'
import { type RefusalCode as Code, isDenied, type RefusalView } from '#lib/console/messages.ts'

/** What most often stands behind a refusal, where the playground knows more than the code says. */
const CAUSES: Partial<Record<Code, string>> = {
  InvalidCiphertextException:
    'Most often the encryption context is not the one that was encrypted with: every key and value must be the same, to the letter. Otherwise the ciphertext was cut, changed, or made elsewhere.',
  IncorrectKeyException:
    'This ciphertext names another key than the one you gave. Choose “The one that the ciphertext names”.',
  KMSInvalidStateException:
    'A key that is pending deletion encrypts and decrypts nothing. Cancel its deletion, then enable it.',
  DisabledException: 'Someone disabled the key; nothing else about it has changed. Enable it on its page.',
  NotFoundException:
    'There is no such key in this Region. Keys belong to one Region: switch to the one it was made in.',
}

type Props = {
  name: string
  refusal: RefusalView
  /** The key as it was chosen from a list: its name is known to whoever chose it. */
  keyName: ReactNode
}

/** A refusal of a call: AWS's exception, what it means, the likely cause, and what to do. */
export function Refused({ name, refusal, keyName }: Props) {
  if (isDenied(refusal)) {
    return (
      <div className="space-y-2" role="alert">
        <Denied refusal={refusal} what={`${name} was denied.`} resource={keyName} />
        <RefusalCode refusal={refusal} />
      </div>
    )
  }
  const cause = CAUSES[refusal.code]
  return (
    <div className="space-y-2">
      <MutationError refusal={refusal} what={`${name} failed.`} />
      {cause && (
        <Note tone="brass" className="max-w-form">
          <span className="font-semibold">Likely cause.</span> {cause}
        </Note>
      )}
    </div>
  )
}
