/** One piece of an answer that takes long, no faster than it is read. */
import type { ServerResponse } from 'node:http'

/** How long a reader may take nothing. */
const PATIENCE_MS = 10_000

/** Writes it, and waits until it was taken. False when the reader has gone, or took nothing for ten seconds. */
export function writePiece(response: ServerResponse, piece: string): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(false)
  if (response.write(piece)) return Promise.resolve(true)
  return new Promise((resolve) => {
    const settle = (taken: boolean) => () => {
      clearTimeout(timer)
      response.off('drain', drained)
      response.off('close', closed)
      resolve(taken)
    }
    const drained = settle(true)
    const closed = settle(false)
    const timer = setTimeout(settle(false), PATIENCE_MS)
    response.once('drain', drained)
    response.once('close', closed)
  })
}
