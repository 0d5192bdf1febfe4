/** Without a durable event there is no answer (R46, R55, R56): the database goes away under a working engine. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callsOn, type Elsewhere } from '#lib/testing/elsewhere.ts'
import { type Gate, openGate } from '#lib/testing/gate.ts'
import { openWorld, type World } from '#lib/testing/world.ts'
import { type Engine, openEngine } from './engine.ts'

let world: World
let gate: Gate
let engine: Engine
let admin: Elsewhere
let key: string
let blob: string

beforeAll(async () => {
  world = await openWorld()
  gate = await openGate(world.databaseUrl)
  engine = await openEngine({
    engineUrl: gate.url,
    sequencerUrl: gate.url,
    readerUrl: gate.url,
    rootKey: world.rootKey,
    installation: { version: 'test', endpoint: '', consoleUrl: '', rolesSeparated: false },
    log: { info: () => {}, warn: () => {}, error: () => {} },
  })
  admin = callsOn(engine, world.as('admin'))
  key = (await admin.call('CreateKey')).KeyMetadata.KeyId
  const { CiphertextBlob } = await admin.call('Encrypt', { KeyId: key, Plaintext: 'AA==' })
  blob = Buffer.from(CiphertextBlob).toString('base64')
})
afterEach(async () => {
  gate.set('open')
  // Connections that the gate cut are found broken once each.
  await expect
    .poll(() => admin.refused('Decrypt', { CiphertextBlob: blob }), { timeout: 10_000 })
    .toBeUndefined()
})
afterAll(async () => {
  await engine?.close()
  gate?.close()
  await world?.close()
})

const INPUTS: Record<string, () => object> = {
  Encrypt: () => ({ KeyId: key, Plaintext: 'AA==' }),
  Decrypt: () => ({ CiphertextBlob: blob }),
  GenerateDataKey: () => ({ KeyId: key, KeySpec: 'AES_256' }),
  GenerateRandom: () => ({ NumberOfBytes: 32 }),
  DescribeKey: () => ({ KeyId: key }),
  CreateKey: () => ({}),
  DisableKey: () => ({ KeyId: key }),
}

/** AWS's own limit for a call is longer; a program must be told before it gives up by itself. */
const SOON_MS = 6_000

describe('while the database is', () => {
  it.each([
    ['closed', 'Encrypt'],
    ['closed', 'Decrypt'],
    ['closed', 'GenerateDataKey'],
    ['closed', 'GenerateRandom'],
    ['closed', 'DescribeKey'],
    ['closed', 'CreateKey'],
    ['closed', 'DisableKey'],
    ['frozen', 'Decrypt'],
    ['frozen', 'GenerateDataKey'],
    ['frozen', 'CreateKey'],
  ] as const)('%s, %s is refused soon, and gives nothing away', async (state, operation) => {
    gate.set(state)
    const begun = performance.now()
    expect(await admin.refused(operation, INPUTS[operation]?.())).toBe('DependencyTimeoutException')
    expect(performance.now() - begun).toBeLessThan(SOON_MS)
  })

  it('closed, a refusal is no answer either: a stranger learns nothing new', async () => {
    const stranger = callsOn(engine, world.as('stranger'))
    expect(await stranger.refused('Encrypt', INPUTS.Encrypt?.())).toBe('AccessDeniedException')
    gate.set('closed')
    expect(await stranger.refused('Encrypt', INPUTS.Encrypt?.())).toBe('DependencyTimeoutException')
  })

  it('closed, a caller whom the engine does not remember is told to come back, and is not refused', async () => {
    gate.set('closed')
    engine.services.identities.drop(world.as('admin').principal.account)
    expect(await admin.refused('GenerateRandom', INPUTS.GenerateRandom?.())).toBe(
      'DependencyTimeoutException',
    )
    const unknown = engine.services.identities.byPrincipal(world.as('bob').principal.id)
    await expect(unknown).rejects.toMatchObject({ code: 'DependencyTimeoutException' })
  })

  it('closed, the engine says that it is not ready, and that it is when the database is back', async () => {
    expect(await engine.ready()).toEqual({ ok: true })
    gate.set('closed')
    expect(await engine.ready()).toMatchObject({ ok: false })
    gate.set('open')
    await expect.poll(() => engine.ready()).toEqual({ ok: true })
  })
})

describe('a change whose commit nobody confirmed', () => {
  it('happened with its event, or did not happen', async () => {
    for (let delay = 0; delay < 12; delay++) {
      const Description = `cut after ${delay} ms`
      const changing = admin.refused('UpdateKeyDescription', { KeyId: key, Description })
      await new Promise((resolve) => setTimeout(resolve, delay))
      gate.set('closed')
      await changing
      gate.set('open')
      await expect
        .poll(() => admin.refused('Decrypt', { CiphertextBlob: blob }), { timeout: 10_000 })
        .toBeUndefined()
      const [row] = await world.sql('SELECT description FROM keyhouse.key WHERE id = $1', [key])
      const [events] = await world.sql(
        `SELECT count(*)::int AS n FROM audit.event, LATERAL (SELECT convert_from(body, 'UTF8')::json AS record) r
         WHERE record ->> 'eventName' = 'UpdateKeyDescription' AND record -> 'keyhouse' ->> 'outcome' = 'ok'
           AND record -> 'requestParameters' ->> 'description' = $1`,
        [Description],
      )
      expect(events?.n).toBe(row?.description === Description ? 1 : 0)
    }
  }, 60_000)
})
