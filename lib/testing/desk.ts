/** A desk for tests: a world, a real Unix socket, and a clock that can be moved. */
import { mkdtemp, rm } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serveDesk } from '#lib/desk/desk.ts'
import type { DeskParts } from '#lib/desk/parts.ts'
import type { Clock } from '#lib/engine/clock.ts'
import type { Service } from '#lib/engine/operation.ts'
import { identityOperations } from '#lib/iam/operations.ts'
import { type Answer, allOperations, openWorld, type World } from './world.ts'

const CHANNEL_SECRET = 'what only the console and the engine know'

export type Told = { readonly status: number; readonly body: Answer }

export type TestDesk = {
  readonly world: World
  readonly parts: DeskParts
  readonly ask: (path: string, body?: unknown, fields?: Record<string, string>) => Promise<Told>
  /** Posts, and gives an answer that comes in pieces. */
  readonly open: (path: string, body: unknown, fields: Record<string, string>) => Promise<IncomingMessage>
  /** Moves the desk's clock. */
  readonly wait: (ms: number) => void
  /** Makes the desk's clock stand still but for waits, or run again. */
  readonly hold: (still: boolean) => void
  readonly errors: object[]
  readonly close: () => Promise<void>
}

/** Posts as the console does; `fields` are the named fields without their prefix, and may replace the secret. */
function opening(socketPath: string): TestDesk['open'] {
  return (path, body, fields) =>
    new Promise((resolve, reject) => {
      const named = Object.entries({
        channel: CHANNEL_SECRET,
        address: '192.0.2.1',
        agent: 'browser',
        ...fields,
      })
      const headers = Object.fromEntries(
        named.filter(([, value]) => value !== '').map(([name, value]) => [`x-keyhouse-${name}`, value]),
      )
      const sent = request({ socketPath, path, method: 'POST', headers }, resolve)
      sent.on('error', reject)
      sent.end(typeof body === 'string' ? body : JSON.stringify(body))
    })
}

function posting(open: TestDesk['open']): TestDesk['ask'] {
  return async (path, body = {}, fields = {}) => {
    const response = await open(path, body, fields)
    const chunks: Buffer[] = []
    for await (const chunk of response) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    return { status: response.statusCode ?? 0, body: text === '' ? {} : JSON.parse(text) }
  }
}

export async function openTestDesk(): Promise<TestDesk> {
  const world = await openWorld()
  await world.sql(
    `INSERT INTO keyhouse.installation (id, root_key_check)
     VALUES (gen_random_uuid(), '\\x0001020304050607') ON CONFLICT DO NOTHING`,
  )
  let moved = 0
  let held: number | undefined
  const real = world.engine.services.clock
  const clock: Clock = { ...real, real: () => new Date((held ?? real.real().getTime()) + moved) }
  const listed = [...allOperations, ...identityOperations]
  const errors: object[] = []
  const parts: DeskParts = {
    invoke: world.engine.invoke,
    writer: world.engine.writer,
    services: { ...world.engine.services, clock },
    operation: (service: Service, name: string) =>
      listed.find((entry) => entry.service === service && entry.name === name),
    log: { info: () => {}, warn: () => {}, error: (fields) => errors.push(fields) },
  }
  const folder = await mkdtemp(join(tmpdir(), 'desk-'))
  const path = join(folder, 'desk.sock')
  const desk = await serveDesk(parts, { address: { path }, channelSecret: CHANNEL_SECRET })
  return {
    world,
    parts,
    ask: posting(opening(path)),
    open: opening(path),
    wait: (ms) => {
      moved += ms
    },
    hold: (still) => {
      held = still ? real.real().getTime() : undefined
    },
    errors,
    close: async () => {
      await desk.close()
      await world.close()
      await rm(folder, { recursive: true })
    },
  }
}
