/**
 * SIGKILL of the engine and of Postgres while eight clients work, again and again. What was acknowledged is there, was
 * recorded, and opens; and the log is whole.
 */
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ACCOUNT, type EngineProcess, type Installation, openInstallation } from './installation.ts'
import { beginLoad, type Ledger, newLedger, wrongPlaintexts } from './ledger.ts'
import { faultsOfStoredLog } from './stored-log.ts'

let installation: Installation
let engine: EngineProcess
let ledger: Ledger

/** Acknowledged things that the database does not hold. */
async function lost(): Promise<string[]> {
  const rows = await installation.sql(
    `SELECT k.id, d.body AS policy, coalesce(array_agg(a.name) FILTER (WHERE a.name IS NOT NULL), '{}') AS aliases
     FROM keyhouse.key k JOIN keyhouse.policy_document d ON d.hash = k.policy_hash
     LEFT JOIN keyhouse.alias a ON (a.account_id, a.region, a.key_id) = (k.account_id, k.region, k.id)
     WHERE k.account_id = $1 GROUP BY k.id, d.body`,
    [ACCOUNT],
  )
  const found = new Map(rows.map((row) => [row.id, row]))
  const keys = [...ledger.keys].filter((id) => !found.has(id))
  const names = new Set(rows.flatMap((row) => (row.aliases as string[]).map((name) => `${name} ${row.id}`)))
  const aliases = [...ledger.aliases].filter(([name, id]) => !names.has(`${name} ${id}`))
  // A policy that was sent after the last acknowledged one may have been put, too.
  const policies = [...ledger.policies].filter(([id, { sent, acknowledged }]) => {
    const possible = acknowledged === 0 ? undefined : sent.slice(acknowledged - 1)
    return possible && !possible.includes(String(found.get(id)?.policy))
  })
  return [...keys, ...aliases.map(([name]) => name), ...policies.map(([id]) => `policy of ${id}`)]
}

/** Acknowledged requests without their event. */
async function unaudited(): Promise<string[]> {
  const rows = await installation.sql(
    `SELECT record ->> 'requestID' AS id, record ->> 'eventName' AS name
     FROM audit.event, LATERAL (SELECT convert_from(body, 'UTF8')::json AS record) r
     WHERE record -> 'keyhouse' ->> 'outcome' = 'ok'`,
  )
  const recorded = new Map(rows.map((row) => [row.id, row.name]))
  return [...ledger.acknowledged]
    .filter(([id, name]) => recorded.get(id) !== name)
    .map(([id, name]) => `${name} ${id}`)
}

async function judge(): Promise<void> {
  expect(ledger.acknowledged.size).toBeGreaterThan(0)
  expect(await lost()).toEqual([])
  expect(await unaudited()).toEqual([])
  expect(await wrongPlaintexts(engine.port, ledger)).toEqual([])
  expect(await faultsOfStoredLog(installation.sql)).toEqual([])
}

/** Until something is acknowledged again. */
async function recovered(): Promise<void> {
  const before = ledger.acknowledged.size
  for (let waited = 0; ledger.acknowledged.size === before; waited += 50) {
    if (waited > 20_000) throw new Error('nothing was acknowledged in 20 s')
    await sleep(50)
  }
}

const aMoment = () => sleep(50 + Math.random() * 500)

// What a program sees of a crash: a broken connection, or an answer that says to come back.
const COME_BACK = /^(ECONNRESET|ECONNREFUSED|EPIPE|TimeoutError|DependencyTimeoutException)$/

const strangeRefusals = () => [...ledger.refusals].filter(([name]) => !COME_BACK.test(name))

/** So many cycles of each, on one installation. */
export function describeCrashes(cycles: number): void {
  const numbers = Array.from({ length: cycles }, (_, index) => index + 1)
  describe(`SIGKILL under load, ${cycles} times`, () => {
    beforeAll(async () => {
      installation = await openInstallation()
      engine = await installation.startEngine()
    })
    afterAll(() => installation?.close())

    it.each(numbers)(
      'of the engine loses nothing that was acknowledged (%i)',
      async () => {
        ledger = newLedger()
        const load = beginLoad(engine.port, ledger)
        await recovered()
        await aMoment()
        const ended = once(engine.running.process, 'exit')
        process.kill(engine.pid, 'SIGKILL')
        await Promise.all([ended, load.stop()])
        engine = await installation.startEngine()
        await judge()
        expect(strangeRefusals()).toEqual([])
      },
      60_000,
    )

    it.each(numbers)(
      'of Postgres loses nothing that was acknowledged, and the engine goes on (%i)',
      async () => {
        ledger = newLedger()
        const load = beginLoad(engine.port, ledger)
        await recovered()
        await aMoment()
        const killed = installation.postgres.pid()
        process.kill(killed, 'SIGKILL')
        while (installation.postgres.pid() === killed) await sleep(25)
        await recovered()
        await load.stop()
        await judge()
        expect(strangeRefusals()).toEqual([])
      },
      60_000,
    )
  })
}
