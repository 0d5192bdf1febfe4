/** Any signed note, opened: its text, where one of the keys signed it (C2SP signed-note). */
import { Buffer } from 'node:buffer'
import { equalBytes } from '../../crypto/equal.ts'
import { logSignatureHolds } from '../../crypto/log-signer.ts'
import { NoteError, parseNote, type VerifierKey } from '../tree/note.ts'

/** @throws NoteError where no key of these signed it, or a signature in the name of one of them does not hold. */
export function openSigned(note: string, keys: readonly VerifierKey[]): string {
  const { text, signatures } = parseNote(note)
  const message = Buffer.from(text)
  const known = signatures.flatMap(({ name, keyId, signature }) => {
    const key = keys.find((one) => one.name === name && equalBytes(one.keyId, keyId))
    return key ? [{ key, signature }] : []
  })
  if (known.length === 0) throw new NoteError('no key that was given signed it')
  for (const { key, signature } of known)
    if (!logSignatureHolds(key.publicKey, message, signature))
      throw new NoteError(`the signature of ${key.name} does not hold`)
  return text
}
