/**
 * A witness (C2SP tlog-witness): it signs a checkpoint only where it continues the one that it signed before, so that
 * nobody can be shown two histories.
 *
 *   POST <url>/add-checkpoint
 *   old <size>                       of the checkpoint that the witness signed last
 *   <hash, base64>                   consistency proof, a line for each
 *                                    an empty line
 *   <the signed note>
 *
 * 200 gives cosignature lines; 409 the size that the witness has. They are kept with the delivery; whoever trusts the
 * witness checks them with its key, which we need not know.
 */

import { type Checkpoint, extendsCheckpoint, proofOf, rootAt } from '../tree/checkpoints.ts'
import { consistencyRanges } from '../tree/proof.ts'
import type { Sql } from '../write/change.ts'
import { exchange } from './exchange.ts'
import { HeadAhead, type Sink, SinkError, type SinkState } from './sink.ts'

const COSIGNATURES = /^(?:— \S+ [A-Za-z0-9+/]+={0,2}\n){1,16}$/

/** The size that the last answer left; another name of the log is another log. */
const knownSize = (state: SinkState, origin: string): number =>
  state.origin === origin && typeof state.size === 'number' ? state.size : 0

/** @throws SinkError where the tiles give no proof */
async function bodyOf(sql: Sql, { size, note }: Checkpoint, old: number): Promise<string> {
  const proof = await proofOf(sql, consistencyRanges(old, size))
  return `old ${old}\n${proof.map((hash) => `${hash.toString('base64')}\n`).join('')}\n${note}`
}

const MEANING: Readonly<Record<number, string>> = {
  403: 'it trusts none of our signatures: give it the verifier key of this log',
  404: 'it does not know this log: give it the origin and the verifier key',
}

/** `sql` reads tiles. */
export function witnessSink(url: URL, sql: Sql): Sink {
  const name = `witness ${url.host}`
  const target = new URL(`${url.pathname.replace(/\/$/, '')}/add-checkpoint${url.search}`, url)

  const send = async (checkpoint: Checkpoint, old: number) =>
    exchange({
      method: 'POST',
      url: target,
      body: await bodyOf(sql, checkpoint, old),
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    })

  /** Whether the proof that was sent is right by our own tiles. */
  const continues = async (checkpoint: Checkpoint, old: number) =>
    old > 0 && extendsCheckpoint(sql, { size: old, root: await rootAt(sql, old) }, checkpoint)

  async function offer(checkpoint: Checkpoint, old: number, again: boolean): Promise<SinkState> {
    const { origin, size, root } = checkpoint
    const { status, body } = await send(checkpoint, old)
    if (status === 200) {
      if (!COSIGNATURES.test(body)) throw new SinkError('it answered without a cosignature')
      return { origin, size, cosignatures: body }
    }
    // It has a tree of the old size as well, and ours does not begin with that one.
    if (status === 422 && (await continues(checkpoint, old)))
      throw new HeadAhead('fork', { origin, size: old, root: null, where: name })
    if (status !== 409) throw new SinkError(MEANING[status] ?? `it answered ${status}`)
    const theirs = /^(0|[1-9][0-9]{0,15})\n?$/.exec(body) ? Number(body) : undefined
    if (theirs === undefined) throw new SinkError('it answered 409 without a size')
    if (theirs > size) throw new HeadAhead('rollback', { origin, size: theirs, root: null, where: name })
    // The same size, and still a conflict: the same size with another root.
    if (theirs === size && old === size) throw new HeadAhead('fork', { origin, size, root, where: name })
    if (again) throw new SinkError('its size changes while it is asked')
    return offer(checkpoint, theirs, true)
  }

  return {
    name,
    kind: 'witness',
    deliver: (checkpoint, state) =>
      offer(checkpoint, Math.min(knownSize(state, checkpoint.origin), checkpoint.size), false),
  }
}
