/**
 * The sink that every installation has: a file beside the root key, outside the database's folder, to which each
 * checkpoint is added and synchronised before it counts as delivered. It is also what a restored backup is found by.
 *
 *   {"at":"<ISO 8601>","note":"<C2SP signed note>"}      one line for each
 *
 * A file of 4 MB is put aside under its number; the eight last are kept.
 */
import { Buffer } from 'node:buffer'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Anchor, type ReadNote, type Sink, SinkError } from './sink.ts'

const FILE = 'checkpoints.ndjson'
const LARGEST = 4 * 1024 * 1024
const KEPT = 8
/** Lines that are tried from the end: those of another log, or that a crash cut off. */
const TRIED = 50

const aside = (folder: string, number: number) => join(folder, `checkpoints.${number}.ndjson`)

/** The newest note that can be read and is ours: a line that a crash cut off is passed over. */
function newestIn(text: string, read: ReadNote): Omit<Anchor, 'where'> | undefined {
  for (const line of text.trimEnd().split('\n').slice(-TRIED).reverse()) {
    try {
      const { note } = JSON.parse(line)
      const head = typeof note === 'string' ? read(note) : undefined
      if (head) return head
    } catch {}
  }
  return undefined
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return ''
    throw cause
  }
}

async function rotate(folder: string): Promise<void> {
  const path = join(folder, FILE)
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  )
  if (size < LARGEST) return
  await rm(aside(folder, KEPT), { force: true })
  for (let number = KEPT - 1; number >= 1; number--)
    await rename(aside(folder, number), aside(folder, number + 1)).catch(() => undefined)
  await rename(path, aside(folder, 1))
}

async function append(folder: string, line: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await rotate(folder)
  const file = await open(join(folder, FILE), 'a+', 0o600)
  try {
    const { size } = await file.stat()
    const last = Buffer.alloc(1)
    if (size > 0) await file.read(last, 0, 1, size - 1)
    // What a crash cut off must not swallow this line.
    await file.appendFile(size > 0 && last[0] !== 0x0a ? `\n${line}\n` : `${line}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
}

export type FileSink = Sink & {
  /** The newest of our checkpoints; from the file before, where the present one is empty. */
  readonly newest: () => Promise<Anchor | undefined>
}

/** `host` tells the files of several machines apart. */
export function fileSink(folder: string, host: string, read: ReadNote): FileSink {
  const name = `file ${host}`
  return {
    name,
    kind: 'file',
    async deliver({ at, note }) {
      try {
        await append(folder, JSON.stringify({ at: at.toISOString(), note }))
      } catch (cause) {
        const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
        throw new SinkError(`the file of checkpoints cannot be written (${code})`, { cause })
      }
      return {}
    },
    async newest() {
      for (const path of [join(folder, FILE), aside(folder, 1)]) {
        const head = newestIn(await textOf(path), read)
        if (head) return { ...head, where: name }
      }
      return undefined
    },
  }
}
