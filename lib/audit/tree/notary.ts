/**
 * Signs the head of the log: a checkpoint says that the tree of so many leaves has this root, and nobody can take it back
 * (R62). It never signs a head that its tiles do not give, or that does not continue what was signed before.
 */
import { Buffer } from 'node:buffer'
import type { LogSigner } from '../../crypto/log-signer.ts'
import type { Sql } from '../write/change.ts'
import {
  addCheckpoint,
  type Checkpoint,
  extendsCheckpoint,
  newestCheckpoint,
  readHead,
  rootAt,
} from './checkpoints.ts'
import { printVerifierKey, signCheckpoint, signText } from './note.ts'

const STEP_MS = 1000

/** A name of the log and the key under which it signs. */
export type LogName = { readonly origin: string; readonly signer: LogSigner }

/** The head cannot be signed: what the database holds is not what was signed before. */
export class HeadRefused extends Error {
  override readonly name = 'HeadRefused'
}

export type Notary = {
  /** Signs the head if it is new; gives the newest checkpoint. @throws HeadRefused, or Error while suspended. */
  checkpoint(): Promise<Checkpoint>
  /** The C2SP verifier key of the name in use. */
  verifierKey(): Promise<string>
  /** A signed note over any text that ends in a line feed. */
  signNote(text: string): Promise<string>
  /** Nothing is signed until it is resumed. */
  suspend(reason: string): void
  resume(): void
  start(): void
  stop(): Promise<void>
}

export type NotaryParts = {
  /** Of the sequencer's role. */
  readonly sql: Sql
  /** The name in use, which may change after a rollback. */
  readonly name: () => Promise<LogName>
  readonly mayRun?: () => Promise<boolean>
  /** @throws HeadRefused where the log does not lead on from what is known of it (lib/audit/watch/watch.ts). */
  readonly mayContinue?: () => Promise<void>
  readonly fault: (message: string, cause: unknown) => void
}

async function sign(sql: Sql, { origin, signer }: LogName): Promise<Checkpoint> {
  const before = await newestCheckpoint(sql, origin)
  const head = await readHead(sql)
  if (before && before.size === head.size) {
    if (before.root.equals(head.root)) return before
    throw new HeadRefused(`the root of ${head.size} leaves is not the one that was signed`)
  }
  if (before && before.size > head.size)
    throw new HeadRefused(`${before.size} leaves were signed, and there are only ${head.size}`)
  if (!(await rootAt(sql, head.size)).equals(head.root))
    throw new HeadRefused(`the tiles of ${head.size} leaves do not give the root`)
  if (before && !(await extendsCheckpoint(sql, before, head)))
    throw new HeadRefused(`the tree of ${head.size} leaves does not continue that of ${before.size}`)
  const tree = { origin, size: head.size, root: head.root }
  return addCheckpoint(sql, { ...tree, note: signCheckpoint(tree, signer) })
}

export function openNotary(parts: NotaryParts): Notary {
  const { sql, name, mayRun = async () => true, mayContinue = async () => {}, fault } = parts
  let suspended: string | undefined
  let running: Promise<unknown> = Promise.resolve()
  let step: NodeJS.Timeout | undefined
  let said = ''

  function checkpoint(): Promise<Checkpoint> {
    const mine = running.then(async () => {
      if (suspended !== undefined) throw new HeadRefused(suspended)
      await mayContinue()
      return sign(sql, await name())
    })
    running = mine.catch(() => undefined)
    return mine
  }

  async function timed(): Promise<void> {
    try {
      if (suspended === undefined && (await mayRun())) await checkpoint()
      said = ''
    } catch (error) {
      // Once, not every second.
      if (String(error) !== said) fault('the head of the audit log could not be signed', error)
      said = String(error)
    }
  }

  function again(): void {
    step = setTimeout(async () => {
      await timed()
      if (step !== undefined) again()
    }, STEP_MS)
  }

  return {
    checkpoint,
    async verifierKey() {
      const { origin, signer } = await name()
      return printVerifierKey(origin, signer.publicKey)
    },
    async signNote(text) {
      const { origin, signer } = await name()
      return signText(Buffer.from(text), origin, signer)
    },
    suspend(reason) {
      suspended = reason
    },
    resume() {
      suspended = undefined
    },
    start: again,
    async stop() {
      clearTimeout(step)
      step = undefined
      await running
    },
  }
}
