/** What is signed, and what never is. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { event, NOTHING, openTestLog, type TestLog } from '#lib/testing/audit-log.ts'
import { logSigner } from '../../crypto/log-signer.ts'
import { generateSecretKey } from '../../crypto/secret-key.ts'
import { openSequencer } from '../sequence/sequencer.ts'
import { readHead } from './checkpoints.ts'
import { openNotary } from './notary.ts'
import { openCheckpoint, parseVerifierKey } from './note.ts'
import { grow as growTree } from './tiles.ts'

const origin = 'keyhouse/test'
const signer = logSigner(generateSecretKey().key)
const faults: string[] = []

let log: TestLog
const sql = <Row>(text: string, values: readonly unknown[]) =>
  log.sql(text, values) as unknown as Promise<Row[]>
const notary = () =>
  openNotary({
    sql,
    name: async () => ({ origin, signer }),
    fault: (message, cause) => faults.push(`${message}: ${cause}`),
  })
async function grow(events: number): Promise<void> {
  const writer = log.writer()
  for (let i = 0; i < events; i++) await writer.append([event()], NOTHING)
  await openSequencer({ pool: log.pool, macKey: log.macKey, fault: () => undefined }).catchUp()
}
/** Does something to rows that nobody may change, as who owns the disk can. */
async function behindOurBack(text: string): Promise<void> {
  const client = await log.pool.connect()
  await client.query(`SET session_replication_role = replica; ${text}; RESET session_replication_role`)
  client.release()
}

describe('a checkpoint', () => {
  beforeAll(async () => {
    log = await openTestLog()
  })
  afterAll(() => log.close())

  it('of nothing is the empty tree’s', async () => {
    expect(await notary().checkpoint()).toMatchObject({ origin, size: 0 })
  })

  it('states the head and is signed by the log’s key', async () => {
    await grow(300)
    const one = notary()
    const { note, size, root } = await one.checkpoint()
    expect(openCheckpoint(note, [parseVerifierKey(await one.verifierKey())])).toEqual({ origin, size, root })
    expect(await readHead(sql)).toMatchObject({ size: 300, root })
  })

  it('is signed once for a head, whoever signs', async () => {
    const [first, second] = await Promise.all([notary().checkpoint(), notary().checkpoint()])
    expect(second).toEqual(first)
    expect(await log.sql('SELECT count(*)::int AS n FROM audit.checkpoint WHERE size = 300')).toEqual([
      { n: 1 },
    ])
  })

  it('is not made while signing is suspended', async () => {
    const one = notary()
    one.suspend('a rollback is suspected')
    await expect(one.checkpoint()).rejects.toThrow('a rollback is suspected')
    one.resume()
    await expect(one.checkpoint()).resolves.toMatchObject({ size: 300 })
  })

  it('comes by itself within a second or so of new events', async () => {
    const one = notary()
    one.start()
    await grow(3)
    await expect
      .poll(async () => (await log.sql('SELECT max(size)::int AS n FROM audit.checkpoint'))[0], {
        timeout: 5000,
      })
      .toEqual({ n: 303 })
    await one.stop()
    expect(faults).toEqual([])
  })
})

describe('a head is not signed', () => {
  beforeEach(async () => {
    log = await openTestLog()
    await grow(20)
    await notary().checkpoint()
    await grow(20)
    return () => log.close()
  })

  it.each([
    ['whose root is another', `UPDATE audit.log SET root = sha256('x')`, 'do not give the root'],
    [
      'that is shorter than what was signed',
      'UPDATE audit.log SET size = 10',
      'were signed, and there are only 10',
    ],
    [
      'with another root than the one that was signed',
      `UPDATE audit.log SET size = 20, root = sha256('x')`,
      'is not the one that was signed',
    ],
    [
      'whose tiles were edited',
      `UPDATE audit.tile SET hashes = sha256('x') || substring(hashes FROM 33)`,
      'do not give the root',
    ],
  ])('%s', async (_, attack, said) => {
    await behindOurBack(attack)
    await expect(notary().checkpoint()).rejects.toThrow(said)
  })

  it('that is whole in itself and another’s continuation', async () => {
    const { root } = growTree(
      [],
      0,
      Array.from({ length: 40 }, () => Buffer.alloc(32, 7)),
    )
    await behindOurBack(
      `UPDATE audit.tile SET hashes = decode(repeat('07', 40 * 32), 'hex'); UPDATE audit.log SET root = '\\x${root.toString('hex')}'`,
    )
    await expect(notary().checkpoint()).rejects.toThrow('does not continue')
  })
})
