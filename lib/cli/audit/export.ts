/** `./keyhouse audit export`: the whole log as a folder that a stranger can check. */
import { Buffer } from 'node:buffer'
import { diskFolder } from '#lib/audit/folder/disk.ts'
import type { LoggedEvent } from '#lib/audit/folder/event-line.ts'
import { readmeOf } from '#lib/audit/folder/readme.ts'
import { NAMES } from '#lib/audit/folder/source.ts'
import { ExportError, type Feed, type Sink, writeExport } from '#lib/audit/folder/write.ts'
import { parseCheckpoint } from '#lib/audit/tree/note.ts'
import type { Io } from '../call.ts'
import type { Env } from '../call-credentials.ts'
import { UsageError } from '../usage-error.ts'
import { type Ask, listOf, memberOf, numberOf, openAsk, textOf, textOrNull } from './ask.ts'
import { parseFlags, wholeNumber } from './flags.ts'

const FORMAT = 'keyhouse-audit-export/v1'

const loggedEvent = (entry: unknown): LoggedEvent => ({
  index: numberOf(entry, 'Index'),
  leaf: textOf(entry, 'Leaf'),
  record: Buffer.from(textOf(entry, 'Record'), 'base64'),
  decision: textOrNull(entry, 'Decision'),
  context: textOrNull(entry, 'Context'),
})

/** The log as an engine hands it out; every page is an event of its own in it. */
function wireFeed(ask: Ask): Feed {
  return {
    async events(first, end) {
      const answer = await ask('ReadLog', { First: first, Limit: Math.min(1000, end - first) })
      const events = listOf(answer, 'Entries').map(loggedEvent)
      const next = memberOf(answer, 'Next')
      return {
        events: events.filter(({ index }) => index < end),
        next: typeof next === 'number' ? Math.min(next, end) : end,
      }
    },
    async tiles(level, first) {
      const answer = await ask('ReadTiles', { Level: level, First: first })
      return listOf(answer, 'Tiles').map((tile) => ({
        index: numberOf(tile, 'Index'),
        hashes: Buffer.from(textOf(tile, 'Hashes'), 'base64'),
      }))
    },
  }
}

/** What an earlier export says of itself; undefined for an empty folder. */
async function earlier(sink: Sink): Promise<{ first: number; size: number } | undefined> {
  const text = await sink.read(NAMES.manifest)
  if (!text) {
    const strange = (await sink.paths()).find(
      (path) => path !== NAMES.unfinished && !/^(tile|events)\//.test(path),
    )
    if (strange !== undefined)
      throw new UsageError(`The folder has files that are no export, such as ${strange}.`)
    return undefined
  }
  const manifest: unknown = JSON.parse(text.toString('utf8'))
  if (memberOf(manifest, 'format') !== FORMAT)
    throw new UsageError('The folder holds something else than an export.')
  return { first: numberOf(manifest, 'first'), size: numberOf(manifest, 'size') }
}

/** Where this export begins: as the one before it did, where it was asked to, or behind what was archived. */
function firstOf(asked: number | undefined, before: { first: number } | undefined, kept: number): number {
  if (before && asked !== undefined && asked !== before.first)
    throw new UsageError(`This folder begins with event ${before.first}; take another for --from ${asked}.`)
  return before?.first ?? asked ?? kept
}

const filesOf = (facts: { note: string; keys: readonly string[]; first: number; at: Date }) => {
  const { origin, size, root } = parseCheckpoint(facts.note)
  const manifest = { format: FORMAT, origin, size, root: root.toString('base64'), first: facts.first }
  const at = facts.at.toISOString()
  return new Map([
    [NAMES.readme, readmeOf({ origin, size, first: facts.first, at })],
    [NAMES.keys, `${facts.keys.join('\n')}\n`],
    [NAMES.manifest, `${JSON.stringify({ ...manifest, exportedAt: at }, null, 2)}\n`],
    [NAMES.checkpoint, facts.note],
  ])
}

/** What the file system or the log said, for a person. */
function inWords(thrown: unknown, folder: string): unknown {
  if (thrown instanceof ExportError) return new UsageError(thrown.message)
  const code = thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return thrown
  const reason = code === 'ENOSPC' ? 'the disk is full' : code
  return new UsageError(`The export cannot be written to ${folder} (${reason}). Run it again to go on.`)
}

/** Gives the exit status. @throws UsageError, Refusal */
export async function exportLog(argv: readonly string[], env: Env, io: Io): Promise<number> {
  const flags = parseFlags(argv, { values: ['out', 'from'], asks: true })
  const folder = flags.one('out')
  const asked = wholeNumber('from', flags.one('from'))
  if (folder === undefined || flags.words.length > 0)
    throw new UsageError('Where to? ./keyhouse audit export --out FOLDER')
  try {
    const sink = diskFolder(folder)
    const before = await earlier(sink)
    const ask = await openAsk(flags, env)
    const state = await ask('ReadLog', { First: before?.size ?? asked ?? 0, Limit: 1 })
    const note = textOf(memberOf(state, 'Checkpoint'), 'Note')
    const head = parseCheckpoint(note)
    const kept = numberOf(state, 'FirstKept')
    const first = firstOf(asked, before, kept)
    if (first > head.size) throw new UsageError(`There are only ${head.size} events yet.`)
    if (before && before.size > head.size)
      throw new UsageError(
        `The folder holds ${before.size} events, and the log has only ${head.size}: it was cut.`,
      )
    const keys = listOf(state, 'VerifierKeys').filter((key) => typeof key === 'string')
    const count = await writeExport(
      {
        feed: wireFeed(ask),
        sink,
        head,
        ranges: first < head.size ? [{ start: first, end: head.size }] : [],
        progress: (at) => io.err(`\r${at} of ${head.size} `),
      },
      filesOf({ note, keys, first, at: new Date() }),
    )
    io.err('\n')
    const shown = first === 0 ? '' : ` Events before ${first} are not in it: verify with --from ${first}.`
    io.out(`${folder}: ${head.size} events, ${count} of them written now.${shown}\n`)
    return 0
  } catch (thrown) {
    throw inWords(thrown, folder)
  }
}
