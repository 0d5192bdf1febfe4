/** Verifier keys as a person gives them, and `./keyhouse audit key`. */
import { readFile } from 'node:fs/promises'
import { NoteError, parseVerifierKey, type VerifierKey } from '#lib/audit/tree/note.ts'
import type { Io } from '../call.ts'
import type { Env } from '../call-credentials.ts'
import { UsageError } from '../usage-error.ts'
import { listOf, openAsk, textOf } from './ask.ts'
import { parseFlags } from './flags.ts'

const isKey = (text: string) => /^[^\s+]+\+[0-9a-f]{8}\+/.test(text)

async function textsOf(given: string): Promise<string[]> {
  if (isKey(given)) return [given]
  try {
    const lines = (await readFile(given, 'utf8')).split('\n').map((line) => line.trim())
    return lines.filter((line) => line !== '' && !line.startsWith('#'))
  } catch {
    throw new UsageError(`'${given}' is neither a verifier key nor a file that can be read.`)
  }
}

/** The keys of all --key flags. @throws UsageError where there is none, or one that is none. */
export async function readKeys(given: readonly string[]): Promise<VerifierKey[]> {
  const texts = (await Promise.all(given.map(textsOf))).flat()
  if (texts.length === 0)
    throw new UsageError('Whose signature? Give --key with the verifier key; ./keyhouse audit key prints it.')
  return texts.map((text) => {
    try {
      return parseVerifierKey(text)
    } catch (thrown) {
      if (!(thrown instanceof NoteError)) throw thrown
      throw new UsageError(`'${text}': ${thrown.message}.`)
    }
  })
}

/** Prints the verifier keys, the one in use last; gives the exit status. */
export async function printKeys(argv: readonly string[], env: Env, io: Io): Promise<number> {
  const flags = parseFlags(argv, { asks: true })
  if (flags.words.length > 0) throw new UsageError('key takes no words.')
  const ask = await openAsk(flags, env)
  for (const key of listOf(await ask('GetLogState', {}), 'Keys')) io.out(`${textOf(key, 'VerifierKey')}\n`)
  return 0
}
