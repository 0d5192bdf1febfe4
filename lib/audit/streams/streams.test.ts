/** Streams to web servers that fail, hang and come back: nothing is lost, and nothing comes out of order. */
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStreamedWorld, type StreamedWorld, until } from '#lib/testing/streamed-world.ts'
import type { Answer } from '#lib/testing/world.ts'
import { webhookStream } from './webhook.ts'

let world: StreamedWorld
beforeAll(async () => {
  world = await openStreamedWorld()
  await world.happen(5)
})
afterEach(() => world.calm())
afterAll(() => world?.close())

type Posted = {
  readonly first: number
  readonly last: number
  readonly records: string[]
  readonly body: string
}

/** A web server that takes what it is told, as `answer` says. */
async function receiver(answer: (response: ServerResponse, posted: Posted) => void, port = 0) {
  const posts: Posted[] = []
  const server = createServer(async (request: IncomingMessage, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    const records = JSON.parse(body).Records.map((record: Answer) => record.eventID)
    const number = (name: string) => Number(request.headers[name])
    const posted = {
      first: number('keyhouse-first-index'),
      last: number('keyhouse-last-index'),
      records,
      body,
    }
    posts.push(posted)
    answer(response, posted)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  world.closing.push(close)
  // A socket's address that listens on a port is one of these.
  const { port: bound } = server.address() as AddressInfo
  return { posts, port: bound, close, url: new URL(`http://127.0.0.1:${bound}/in`) }
}

const take = (response: ServerResponse) => void response.writeHead(204).end()
const received = (posts: readonly Posted[]) => posts.flatMap(({ records }) => records)

describe('a webhook', () => {
  it('is told every record, byte for byte, in the order of the log, and later ones as they come', async () => {
    const { posts, url } = await receiver(take)
    world.start(webhookStream(url))
    await until(async () => received(posts).length === (await world.ids()).length)
    await world.happen(3)
    await until(async () => received(posts).length === (await world.ids()).length)
    expect(received(posts)).toEqual(await world.ids())
    const [first] = posts
    expect(first).toMatchObject({ first: 0, last: (first?.records.length ?? 0) - 1 })
    expect(first?.body).toBe(
      `{"Records":[${(await world.logged()).slice(0, first?.records.length).join(',')}]}`,
    )
    expect(await world.delivery()).toMatchObject({
      delivered: String((await world.ids()).length),
      fault: null,
    })
  })

  it('that answers 500 for a while is told the same again, and loses nothing', async () => {
    let refusing = 4
    const { posts, url } = await receiver((response) => {
      if (refusing-- > 0) response.writeHead(500).end('secret words')
      else take(response)
    })
    world.start(webhookStream(url))
    await until(async () => (await world.delivery()).fault === 'it answered 500')
    expect((await world.delivery()).failing_since).toBeInstanceOf(Date)
    await until(world.isTold)
    expect(received(posts.slice(4))).toEqual(await world.ids())
    expect(posts.slice(0, 5).map(({ first }) => first)).toEqual([0, 0, 0, 0, 0])
    expect(await world.delivery()).toMatchObject({ failing_since: null, fault: null })
    // Said once, not with every attempt.
    expect(world.faults).toEqual([`events-http ${url.host} does not take events`])
  })

  it('that is away goes on where it stopped, with what happened meanwhile', async () => {
    const before = await receiver(take)
    const stream = webhookStream(before.url)
    world.start(stream)
    await until(async () => received(before.posts).length === (await world.ids()).length)
    before.close()
    await world.happen(3)
    await until(async () => (await world.delivery()).fault === 'it cannot be reached (ECONNREFUSED)')
    await world.happen(2)
    const after = await receiver(take, before.port)
    await until(world.isTold)
    expect([...received(before.posts), ...received(after.posts)]).toEqual(await world.ids())
  })

  it('that took a batch and could not say so is told it twice', async () => {
    let silent = 1
    const { posts, url } = await receiver((response) => {
      if (silent-- > 0) response.destroy()
      else take(response)
    })
    world.start(webhookStream(url))
    await until(world.isTold)
    expect(posts[1]).toEqual(posts[0])
    expect(received(posts.slice(1))).toEqual(await world.ids())
  })

  it('goes on with another engine, and hears nothing from one that does not hold the lease', async () => {
    const { posts, url } = await receiver(take)
    let holder = 'none'
    const first = world.start(webhookStream(url), async () => holder === 'first')
    world.start(webhookStream(url), async () => holder === 'second')
    await new Promise((resume) => setTimeout(resume, 100))
    expect(posts).toEqual([])
    holder = 'first'
    await until(async () => received(posts).length === (await world.ids()).length)
    await first.stop()
    holder = 'second'
    await world.happen(3)
    await until(async () => received(posts).length === (await world.ids()).length)
    expect(received(posts)).toEqual(await world.ids())
  })

  it('is told that an event cannot be read, and goes on behind one that is gone', async () => {
    await world.happen(4)
    const known = await world.ids()
    const [edited, gone] = [known.at(-2), known.at(-3)]
    await world.sql(
      `SET session_replication_role = replica; UPDATE audit.event SET body = '\\x7b' WHERE id = '${edited}';
       DELETE FROM audit.event WHERE id = '${gone}'; RESET session_replication_role`,
    )
    const { posts, url } = await receiver(take)
    world.start(webhookStream(url))
    await until(world.isTold)
    expect(received(posts)).toEqual(known.filter((id) => id !== gone))
    expect(posts.map(({ body }) => body).join('')).toContain(
      JSON.stringify({ eventID: edited, keyhouse: { unreadable: true } }),
    )
    await world.sql(
      `SET session_replication_role = replica; DELETE FROM audit.leaf WHERE event_id IN ('${gone}', '${edited}');
       DELETE FROM audit.event WHERE id = '${edited}'; RESET session_replication_role`,
    )
  })

  it('that hangs keeps nobody from stopping', async () => {
    const { posts, url } = await receiver(() => {})
    const streams = world.start(webhookStream(url))
    await until(() => posts.length === 1)
    const began = performance.now()
    await streams.stop()
    expect(performance.now() - began).toBeLessThan(2000)
    expect((await world.delivery()).delivered).toBe('0')
  })
})
