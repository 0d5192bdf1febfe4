'use client'

import { Facts } from '#components/ui/facts.tsx'
import type { Encoding } from './bytes.ts'
import { BytesView } from './bytes-view.tsx'
import { MaskedBytes } from './masked-bytes.tsx'
import type { Played } from './played.ts'

type Bytes = { readonly label: string; readonly encodings: readonly Encoding[] }

const SEALED: readonly Encoding[] = ['base64', 'hex']

/** Members that are bytes; everything else of an answer is a fact. */
const BYTES: Readonly<Record<string, Bytes>> = {
  CiphertextBlob: { label: 'Ciphertext', encodings: SEALED },
  PrivateKeyCiphertextBlob: { label: 'Encrypted private key', encodings: SEALED },
  SharedSecretCiphertextBlob: { label: 'Encapsulated secret', encodings: SEALED },
  PublicKey: { label: 'Public key', encodings: SEALED },
  Signature: { label: 'Signature', encodings: SEALED },
  Mac: { label: 'MAC', encodings: ['hex', 'base64'] },
  Plaintext: { label: 'Plaintext', encodings: ['text', 'hex', 'base64'] },
}

/** Members that are keys: masked until they are asked for. */
const SECRET: Readonly<Record<string, string>> = {
  PrivateKeyPlaintext: 'Plaintext private key',
  SharedSecret: 'Shared secret',
}

// What GenerateDataKey calls Plaintext is a key.
const secretOf = (name: Played, member: string): string | undefined =>
  name === 'GenerateDataKey' && member === 'Plaintext' ? 'Plaintext data key' : SECRET[member]

type Props = { name: Played; of?: string; output: Readonly<Record<string, unknown>> }

/** An answer member by member, for any operation of the playground. `of`: whose, where a page shows several. */
export function OutputView({ name, of, output }: Props) {
  const members = Object.entries(output).map(([member, value]) => ({ member, value: String(value) }))
  const isBytes = (member: string) => BYTES[member] !== undefined || secretOf(name, member) !== undefined
  return (
    <div className="space-y-4">
      {members.map(({ member, value }) => {
        const secret = secretOf(name, member)
        if (secret) return <MaskedBytes key={member} label={secret} base64={value} />
        const bytes = BYTES[member]
        return bytes && <BytesView key={member} of={of} base64={value} {...bytes} />
      })}
      <Facts
        columns={1}
        facts={members
          .filter(({ member }) => !isBytes(member))
          .map(({ member, value }) => ({
            term: member,
            value: <code className="break-all text-mono">{value}</code>,
          }))}
      />
    </div>
  )
}
