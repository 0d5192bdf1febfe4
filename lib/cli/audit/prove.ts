/** `./keyhouse audit prove`: one event with its proof, as a file for whoever is to believe it. */

import { Buffer } from 'node:buffer'
import { writeFile } from 'node:fs/promises'
import { exportedEvent, leafOf } from '#lib/audit/folder/event-line.ts'
import { printProof } from '#lib/audit/folder/proof-file.ts'
import type { Io } from '../call.ts'
import type { Env } from '../call-credentials.ts'
import { UsageError } from '../usage-error.ts'
import { listOf, memberOf, numberOf, openAsk, textOf } from './ask.ts'
import { parseFlags } from './flags.ts'

/** The text whose hash the leaf has: an answer's JSON, written as the engine wrote it. */
const textIn = (answer: unknown, name: string): string | null => {
  const member = memberOf(answer, name)
  if (member === null || member === undefined) return null
  return typeof member === 'string' ? member : JSON.stringify(member)
}

async function save(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (thrown) {
    throw new UsageError(`'${path}' cannot be written (${String(Reflect.get(Object(thrown), 'code'))}).`)
  }
}

/** Gives the exit status. @throws UsageError, Refusal */
export async function prove(argv: readonly string[], env: Env, io: Io): Promise<number> {
  const flags = parseFlags(argv, { values: ['out'], asks: true })
  const [id, more] = flags.words
  const out = flags.one('out')
  if (id === undefined || more !== undefined)
    throw new UsageError('Which event? ./keyhouse audit prove EVENT-ID')
  const ask = await openAsk(flags, env)
  const proof = await ask('GetEventProof', { EventId: id })
  const stored = await ask('GetEvent', { EventId: id })
  const leaf = textOf(proof, 'Leaf')
  const event = exportedEvent({
    index: numberOf(proof, 'Index'),
    leaf,
    record: Buffer.from(textIn(stored, 'Record') ?? ''),
    decision: textIn(stored, 'Decision'),
    context: textIn(stored, 'Context'),
  })
  if (!event || leafOf(event) !== leaf)
    throw new UsageError('The event that was answered is not the one that the log hashed.')
  const text = printProof({
    event,
    hashes: listOf(proof, 'Hashes').map(String),
    checkpoint: textOf(memberOf(proof, 'Checkpoint'), 'Note'),
    verifierKey: textOf(proof, 'VerifierKey'),
  })
  if (out === undefined) io.out(text)
  else await save(out, text)
  return 0
}
