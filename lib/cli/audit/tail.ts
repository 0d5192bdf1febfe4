/** `./keyhouse audit tail`: events as they happen, one a line, until it is interrupted. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Io } from '../call.ts'
import { type Env, identify } from '../call-credentials.ts'
import { UsageError } from '../usage-error.ts'
import { type Ask, listOf, memberOf, openAsk, Refusal, textOf, textOrNull } from './ask.ts'
import { parseFlags } from './flags.ts'

const EVERY_MS = 2000
/** Events may be committed a little after the moment that they name. */
const BACK_SECONDS = 10
const MOST_REMEMBERED = 10_000

const printable = (text: string) => text.replace(/[\p{Cc}\p{Cf}]/gu, ' ')

function lineOf(event: unknown): string {
  const time = memberOf(event, 'ts')
  const at = typeof time === 'number' ? new Date(time * 1000).toISOString() : ''
  const outcome = textOrNull(event, 'errorCode') ?? textOf(event, 'outcome')
  const columns = [at, textOf(event, 'eventName'), outcome, textOf(event, 'actorArn')]
  const more = ['aliasName', 'address', 'detail'].map((name) => textOrNull(event, name) ?? '')
  return `${[...columns, ...more]
    .filter((column) => column !== '')
    .map(printable)
    .join('  ')}\n`
}

/** Everything from a time on that is not known yet, oldest first. */
async function* fresh(ask: Ask, filter: string, from: number, known: Set<string>): AsyncGenerator<unknown> {
  const question = { ...(filter !== '' && { Filter: filter }), From: from, Order: 'oldest', Limit: 200 }
  let cursor: unknown
  do {
    const page = await ask('SearchEvents', {
      ...question,
      ...(typeof cursor === 'string' && { Cursor: cursor }),
    })
    for (const event of listOf(page, 'Events')) {
      const id = textOf(event, 'id')
      if (known.has(id)) continue
      known.add(id)
      yield event
    }
    cursor = memberOf(page, 'NextCursor')
  } while (typeof cursor === 'string')
}

/** The oldest are forgotten: what is asked for again is younger. */
function forget(known: Set<string>): void {
  for (const id of known) {
    if (known.size <= MOST_REMEMBERED) return
    known.delete(id)
  }
}

const secondsOf = (event: unknown): number => {
  const time = memberOf(event, 'ts')
  return typeof time === 'number' ? time : 0
}

const OWN_QUESTIONS = ['SearchEvents', 'GetEvent']

/** What it asks is recorded too, and would be in what it shows for ever. */
const isOwn = (event: unknown, accessKey: string) =>
  textOrNull(event, 'accessKeyId') === accessKey && OWN_QUESTIONS.includes(textOf(event, 'eventName'))

/** Gives the exit status once it is interrupted. @throws UsageError, also for what is wrong with the filter */
export async function tail(
  argv: readonly string[],
  env: Env,
  io: Io & { readonly interrupted: () => AbortSignal },
): Promise<number> {
  const flags = parseFlags(argv, { switches: ['json'], asks: true })
  const ask = await openAsk(flags, env)
  const accessKey = (await identify(flags.settings, env, 'Keyhouse')).credentials.id
  const signal = io.interrupted()
  const known = new Set<string>()
  const begun = Date.now() / 1000
  let newest = begun
  while (!signal.aborted) {
    try {
      const from = Math.max(begun, newest - BACK_SECONDS)
      for await (const event of fresh(ask, flags.words.join(' '), from, known)) {
        newest = Math.max(newest, secondsOf(event))
        if (isOwn(event, accessKey)) continue
        io.out(flags.has('json') ? `${await recordOf(ask, textOf(event, 'id'))}\n` : lineOf(event))
      }
    } catch (thrown) {
      // What the filter lacks, and who may not look, is so with every question: it is said once, and that was it.
      if (!(thrown instanceof Refusal)) throw thrown
      if (thrown.code !== 'ThrottlingException') throw new UsageError(thrown.message)
    }
    forget(known)
    await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined)
  }
  return 0
}

/** The record's JSON on one line. */
async function recordOf(ask: Ask, id: string): Promise<string> {
  const record = memberOf(await ask('GetEvent', { EventId: id }), 'Record')
  return typeof record === 'string' ? record : JSON.stringify(record)
}
