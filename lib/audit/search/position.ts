/** A place in the log, and cursors that hold one: sealed, and good only for the question they were given to. */

import { sha256Hex } from '../../crypto/digest.ts'
import { openMarker, sealMarker } from '../../crypto/marker.ts'
import type { KeyObject } from '../../crypto/secret-key.ts'
import { KmsError } from '../../domain/refusal.ts'

/** Events are ordered by time, then by id. */
export type Position = { readonly ts: Date; readonly id: string }

/** `onwards` follows the list's order, `backwards` goes against it. */
export type Direction = 'onwards' | 'backwards'

type Sealed = {
  readonly question: string
  readonly direction: Direction
  readonly ts: number
  readonly id: string
}

const isSealed = (value: unknown): value is Sealed =>
  typeof value === 'object' && value !== null && 'question' in value && 'ts' in value && 'id' in value

/** What a question is, in few characters: everything that must stay the same from page to page. */
export const fingerprint = (question: unknown): string => sha256Hex(JSON.stringify(question)).slice(0, 32)

export type Cursors = {
  seal(question: unknown, direction: Direction, position: Position): string
  /** @throws KmsError InvalidMarkerException for a cursor that is not ours, or another question's. */
  open(question: unknown, cursor: string): Position & { readonly direction: Direction }
}

/** Cursors under one key. `purpose` keeps those of different lists apart. */
export function cursors(key: KeyObject, purpose: string): Cursors {
  return {
    seal(question, direction, { ts, id }) {
      return sealMarker(key, purpose, { question: fingerprint(question), direction, ts: ts.getTime(), id })
    },
    open(question, cursor) {
      const sealed = openMarker(key, purpose, cursor)
      if (!isSealed(sealed) || sealed.question !== fingerprint(question)) {
        throw new KmsError('InvalidMarkerException', 'Could not decode marker.')
      }
      return { ts: new Date(sealed.ts), id: sealed.id, direction: sealed.direction }
    },
  }
}
