/** Days that are kept no longer go into archives that a stranger can check, and leave a log whose proofs still hold. */

import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { exportedEvent } from '#lib/audit/folder/event-line.ts'
import { memoryFolder } from '#lib/audit/folder/memory.ts'
import { checkProof, type ProofFile } from '#lib/audit/folder/proof-file.ts'
import { verifyExport } from '#lib/audit/folder/verify.ts'
import { parseVerifierKey, type VerifierKey } from '#lib/audit/tree/note.ts'
import { openPool, sqlOn } from '#lib/store/database.ts'
import { event } from '#lib/testing/audit-log.ts'
import { urlsByRole } from '#lib/testing/clone-database.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { archiveDueDays } from './retention.ts'

const DAY_MS = 86_400_000
const noonAgo = (days: number) =>
  new Date(Math.floor(Date.now() / DAY_MS) * DAY_MS - days * DAY_MS + DAY_MS / 2)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const NOTHING = { accounts: [], keys: [] }

/** How many events there are of each age in days. */
const AGES = [
  [12, 300],
  [10, 5],
  [8, 1],
  [3, 7],
] as const

let world: World
let pool: pg.Pool
let keys: VerifierKey[]
let proof: ProofFile
const archives = new Map<string, Map<string, Buffer>>()
const faults: string[] = []

const filesOf = (day: string) => {
  const files = archives.get(day) ?? new Map<string, Buffer>()
  archives.set(day, files)
  return files
}

const archive = (configured = true) =>
  archiveDueDays({
    services: world.engine.services,
    writer: world.engine.writer,
    sql: sqlOn(pool),
    folder: configured ? (day) => memoryFolder(filesOf(day)) : undefined,
    fault: (message, cause) => faults.push(`${message}: ${cause}`),
  })

const admin = () => world.as('admin')
const keep = (days: number | null) =>
  admin().call('PutSetting', { Name: 'keepDays', Value: JSON.stringify(days) })
const delivery = async () =>
  (await admin().call('GetLogState')).Deliveries.find(({ Kind }: { Kind: string }) => Kind === 'archive')

async function proofOf(id: string): Promise<ProofFile> {
  const answer = await admin().call('GetEventProof', { EventId: id })
  const [row] = await world.sql('SELECT body, decision::text, context::text FROM audit.event WHERE id = $1', [
    id,
  ])
  const { Index: index, Leaf: leaf } = answer
  const shown = exportedEvent({
    index,
    leaf,
    record: row!.body,
    decision: row!.decision,
    context: row!.context,
  })
  return {
    event: shown!,
    hashes: answer.Hashes,
    checkpoint: answer.Checkpoint.Note,
    verifierKey: answer.VerifierKey,
  }
}

beforeAll(async () => {
  world = await openWorld()
  pool = openPool(urlsByRole(world.databaseUrl).sequencerUrl, 1)
  for (const [age, count] of AGES) {
    await world.sql('SELECT audit.make_day($1::date)', [dayOf(noonAgo(age))])
    const events = Array.from({ length: count }, (_, i) =>
      event({ at: new Date(noonAgo(age).getTime() + i * 1000) }),
    )
    for (const one of events) await world.engine.writer.append([one], NOTHING)
  }
  world.engine.services.sequencer.start()
  const sequenced = async () => (await world.sql('SELECT count(*)::int AS count FROM audit.leaf'))[0]!.count
  while ((await sequenced()) < 313) await sleep(50)
  const [row] = await world.sql('SELECT id FROM audit.event ORDER BY ts LIMIT 1 OFFSET 100')
  proof = await proofOf(row!.id)
  keys = [parseVerifierKey(proof.verifierKey)]
}, 120_000)
afterAll(async () => {
  await pool?.end()
  await world?.close()
})

const partitions = async () =>
  (
    await world.sql(
      `SELECT relname FROM pg_class WHERE relname ~ '^(event|leaf|entry)_[0-9]{8}$' AND relkind = 'r'`,
    )
  ).map(({ relname }) => relname)

describe('retention', () => {
  it('takes nothing out while everything is kept', async () => {
    expect(await archive()).toBe(0)
    expect(archives.size).toBe(0)
  })

  it('takes nothing out without a folder, and says why', async () => {
    await keep(9)
    expect(await archive(false)).toBe(0)
    expect((await delivery()).Fault).toContain('KEYHOUSE_AUDIT_ARCHIVE')
  })

  it('archives whole days that are older, oldest first, and takes them out', async () => {
    expect([await archive(), faults]).toEqual([2, []])
    expect([...archives.keys()]).toEqual([dayOf(noonAgo(12)), dayOf(noonAgo(10))])
    const left = (await partitions()).join()
    for (const age of [12, 10]) expect(left).not.toContain(dayOf(noonAgo(age)).replaceAll('-', ''))
    for (const age of [8, 3]) expect(left).toContain(dayOf(noonAgo(age)).replaceAll('-', ''))
    expect(await delivery()).toMatchObject({ Fault: null, Delivered: 305 })
    expect(await admin().call('GetLogState')).toMatchObject({ KeepDays: 9, Bundles: 2 })
    expect((await world.events('ArchiveAuditDay')).map((one) => one.serviceEventDetails.events)).toEqual([
      300, 5,
    ])
  })

  it('has nothing to do a second time', async () => {
    expect(await archive()).toBe(0)
  })

  it.each([
    [12, 300],
    [10, 5],
  ])('left an archive of the day %i days ago that verifies by itself', async (age, events) => {
    const report = await verifyExport(memoryFolder(filesOf(dayOf(noonAgo(age)))), { keys })
    expect(report).toMatchObject({ faults: 0, told: [], events })
    expect(report.archive?.day).toBe(dayOf(noonAgo(age)))
  })

  it('an archive whose events were taken away is found out', async () => {
    const files = new Map(filesOf(dayOf(noonAgo(10))))
    for (const path of [...files.keys()].filter((name) => name.startsWith('events/'))) files.delete(path)
    const { told } = await verifyExport(memoryFolder(files), { keys })
    expect(told[0]).toEqual({ index: 300, what: expect.stringContaining('missing') })
  })

  it('a proof that was made before still holds, and the log is in order', async () => {
    expect(checkProof(proof, keys)).toMatchObject({ head: { origin: keys[0]!.name } })
    let next: number | null = 0
    while (next !== null) {
      const piece = await admin().call('VerifyLog', { First: next })
      expect(piece.Faults).toEqual([])
      next = piece.Next
    }
  })

  it('an export begins behind what was taken out', async () => {
    expect((await admin().call('ReadLog', { First: 305, Limit: 1 })).FirstKept).toBe(305)
  })

  it('a day whose events were changed is not taken out', async () => {
    await world.sql(`ALTER TABLE audit.event DISABLE TRIGGER USER`)
    await world.sql(`UPDATE audit.event SET body = body || ' '::bytea WHERE ts < now() - interval '7 days'`)
    await keep(7)
    expect(await archive()).toBe(0)
    expect(faults.at(-1)).toContain('does not verify')
    expect((await delivery()).Fault).toContain('does not verify')
    expect((await partitions()).join()).toContain(dayOf(noonAgo(8)).replaceAll('-', ''))
  })
})
