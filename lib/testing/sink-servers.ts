/** Places that checkpoints go to, as real servers on this machine: they can go down and come back with what they had. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parseCheckpoint, parseNote, type TreeHead } from '#lib/audit/tree/note.ts'
import { extendsTree } from '#lib/audit/tree/proof.ts'

export type SinkServer = {
  readonly url: string
  /** What was accepted, oldest first. */
  readonly accepted: string[]
  readonly down: () => Promise<void>
  readonly up: () => Promise<void>
  readonly close: () => Promise<void>
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

async function serve(listener: RequestListener, accepted: string[]): Promise<SinkServer> {
  let server: Server
  let port = 0
  const up = async () => {
    server = createServer(listener)
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    // The type of a server on TCP.
    port = (server.address() as AddressInfo).port
  }
  const down = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  await up()
  return { url: `http://127.0.0.1:${port}`, accepted, up, down, close: down }
}

/** Keeps what is posted and gives the newest to whoever asks. */
export function openNoteServer(): Promise<SinkServer> {
  const accepted: string[] = []
  return serve(async (request, response) => {
    if (request.method === 'POST') {
      accepted.push(await bodyOf(request))
      response.writeHead(204).end()
      return
    }
    const newest = accepted.at(-1)
    if (newest) response.writeHead(200, { 'content-type': 'text/plain' }).end(newest)
    else response.writeHead(404).end()
  }, accepted)
}

type Submission = { old: number; proof: Buffer[]; note: string; head: TreeHead }

function parseSubmission(body: string): Submission {
  const end = body.indexOf('\n\n')
  const [first = '', ...hashes] = body.slice(0, end).split('\n')
  const note = body.slice(end + 2)
  const head = parseCheckpoint(parseNote(note).text)
  return {
    old: Number(first.replace('old ', '')),
    proof: hashes.map((hash) => Buffer.from(hash, 'base64')),
    note,
    head,
  }
}

const EMPTY: TreeHead = { origin: '', size: 0, root: Buffer.alloc(32) }

/** Written from the C2SP tlog-witness specification: cosigns only what continues what it cosigned before. */
export function openWitness(): Promise<SinkServer> {
  const accepted: string[] = []
  const heads = new Map<string, TreeHead>()
  return serve(async (request, response) => {
    const { old, proof, note, head } = parseSubmission(await bodyOf(request))
    const known = heads.get(head.origin) ?? EMPTY
    if (old > head.size) return void response.writeHead(400).end()
    if (old !== known.size || (old === head.size && old > 0 && !known.root.equals(head.root)))
      return void response.writeHead(409, { 'content-type': 'text/x.tlog.size' }).end(`${known.size}\n`)
    if (!extendsTree({ first: known, second: head, proof })) return void response.writeHead(422).end()
    heads.set(head.origin, head)
    accepted.push(note)
    response.writeHead(200).end(`— witness.test ${Buffer.alloc(76, 7).toString('base64')}\n`)
  }, accepted)
}
