import { createHash, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckpoint, parseVerifierKey } from '#lib/audit/tree/note.ts'
import { extendsTree, includes } from '#lib/audit/tree/proof.ts'
import { parseLeaf } from '#lib/domain/log-leaf.ts'
import { type Answer, base64, openWorld, type World } from '#lib/testing/world.ts'

let world: World
let keyId: string
beforeAll(async () => {
  world = await openWorld()
  const { Arn } = (await world.as('admin').call('CreateKey')).KeyMetadata
  keyId = Arn
  for (let count = 0; count < 5; count++)
    await world.as('admin').call('Encrypt', { KeyId: keyId, Plaintext: base64(`${count}`) })
})
afterAll(() => world.close())

const look = async () => {
  await world.engine.services.sequencer.catchUp()
  await world.engine.services.notary.checkpoint()
  await world.engine.services.logWatch.step()
  await world.engine.services.logWatch.look()
}

const eventOf = async (name: string): Promise<string> => {
  const [row] = await world.sql(
    `SELECT id FROM audit.event WHERE convert_from(body, 'UTF8')::json ->> 'eventName' = $1 ORDER BY ts DESC LIMIT 1`,
    [name],
  )
  return row?.id
}

/** As somebody whom triggers do not stop. */
const attack = (text: string) =>
  world.sql(`SET session_replication_role = replica; ${text}; RESET session_replication_role`)

const bytes = (text: string) => Buffer.from(text, 'base64')
/** As a stranger checks it: the leaf's text, the hashes, the signed note and the verifier key are all there is. */
function holds(proof: Answer): boolean {
  const head = openCheckpoint(proof.Checkpoint.Note, [parseVerifierKey(proof.VerifierKey)])
  const leaf = createHash('sha256')
    .update(Buffer.from([0]))
    .update(proof.Leaf)
    .digest()
  return includes({
    leaf,
    index: proof.Index,
    size: head.size,
    root: head.root,
    proof: proof.Hashes.map(bytes),
  })
}

describe('a log that nobody touched', () => {
  it('is verified, and says by which key and how far', async () => {
    await look()
    const state = await world.as('carol').call('GetLogState')
    expect(state).toMatchObject({ State: 'verified', ReadOnly: null, Findings: [], Bundles: 0 })
    expect(state.VerifiedTo).toBe(state.Size)
    expect(state.Checkpoint.Size).toBe(state.Size)
    expect(state.Keys).toEqual([expect.objectContaining({ Origin: state.Checkpoint.Origin, Until: null })])
    expect(openCheckpoint(state.Checkpoint.Note, [parseVerifierKey(state.Keys[0].VerifierKey)]).size).toBe(
      state.Size,
    )
  })

  it('proves an event that has only just happened', async () => {
    await world.as('admin').call('Encrypt', { KeyId: keyId, Plaintext: base64('new') })
    const id = await eventOf('Encrypt')
    const proof = await world.as('carol').call('GetEventProof', { EventId: id })
    expect(parseLeaf(proof.Leaf)?.id).toBe(id)
    expect(holds(proof)).toBe(true)
  })

  it('proves it under an older checkpoint too, and that the newer one continues it', async () => {
    const { Checkpoints } = await world.as('carol').call('ListCheckpoints')
    const [newest, older] = Checkpoints
    const id = await eventOf('CreateKey')
    const proof = await world.as('carol').call('GetEventProof', { EventId: id, Size: older.Size })
    expect(proof.Checkpoint.Size).toBe(older.Size)
    expect(holds(proof)).toBe(true)
    const between = await world
      .as('carol')
      .call('GetConsistencyProof', { First: older.Size, Second: newest.Size })
    const headOf = ({ Size, Root }: Answer) => ({ size: Size, root: bytes(Root) })
    const path = {
      first: headOf(between.First),
      second: headOf(between.Second),
      proof: between.Hashes.map(bytes),
    }
    expect(extendsTree(path)).toBe(true)
  })

  it('lists checkpoints page by page, newest first', async () => {
    const first = await world.as('carol').call('ListCheckpoints', { Limit: 1 })
    const second = await world.as('carol').call('ListCheckpoints', { Limit: 1, Cursor: first.NextCursor })
    expect(second.Checkpoints[0].Size).toBeLessThan(first.Checkpoints[0].Size)
  })

  it('is verified again by whoever asks, in pieces', async () => {
    const { Size } = await world.as('carol').call('GetLogState')
    const piece = await world.as('carol').call('VerifyLog', { First: 0, End: 3 })
    expect(piece).toEqual({ First: 0, End: 3, Next: null, Faults: [] })
    expect((await world.as('carol').call('VerifyLog')).End).toBeGreaterThanOrEqual(Size)
  })

  it.each([
    [
      'an event of another account',
      'outsider',
      async () => ({ EventId: await eventOf('CreateKey') }),
      'NotFoundException',
    ],
    [
      'an event of a year that never comes',
      'carol',
      async () => ({ EventId: 'ffffffff-ffff-7fff-bfff-ffffffffffff' }),
      'NotFoundException',
    ],
    ['an event that is not there', 'carol', async () => ({ EventId: randomUUID() }), 'NotFoundException'],
    [
      'a checkpoint that was never signed',
      'carol',
      async () => ({ EventId: await eventOf('CreateKey'), Size: 999 }),
      'NotFoundException',
    ],
    [
      'anything for somebody who may not read the log',
      'stranger',
      async () => ({ EventId: await eventOf('CreateKey') }),
      'AccessDeniedException',
    ],
  ])('proves nothing of %s', async (_, name, input, code) => {
    expect((await world.as(name).refusal('GetEventProof', await input())).code).toBe(code)
  })

  it('has no proof that the newer begins the older', async () => {
    const refusal = await world.as('carol').refusal('GetConsistencyProof', { First: 9, Second: 2 })
    expect(refusal.code).toBe('ValidationException')
  })
})

describe('an event that was changed behind the log', () => {
  let id: string
  beforeAll(async () => {
    id = await eventOf('Encrypt')
    await attack(
      `UPDATE audit.event SET body = replace(convert_from(body, 'UTF8'), 'Encrypt', 'Decrypt')::bytea WHERE id = '${id}'`,
    )
  })

  it('has a proof that does not hold, and is a finding from then on', async () => {
    const proof = await world.as('carol').call('GetEventProof', { EventId: id })
    expect(holds(proof)).toBe(false)
    const state = await world.as('carol').call('GetLogState')
    expect(state.State).toBe('mismatch')
    expect(state.Findings[0]).toMatchObject({ Kind: 'mismatch', FirstIndex: proof.Index })
  })

  it('is found by whoever verifies the log, with its place', async () => {
    const { Faults } = await world.as('carol').call('VerifyLog')
    expect(Faults).toEqual([expect.objectContaining({ EventId: id })])
  })

  it('is said in the log itself, once', async () => {
    await look()
    await look()
    const said = await world.events('LogFinding')
    expect(said.map((record) => record.serviceEventDetails.eventId)).toEqual([id])
  })

  it('is acknowledged by name, stays in the list and counts no longer', async () => {
    const [finding] = (await world.as('carol').call('GetLogState')).Findings
    expect((await world.as('carol').refusal('AcknowledgeFinding', { Id: finding.Id })).code).toBe(
      'AccessDeniedException',
    )
    expect((await world.as('outsider').refusal('AcknowledgeFinding', { Id: finding.Id })).code).toBe(
      'AccessDeniedException',
    )
    await world.as('admin').call('AcknowledgeFinding', { Id: finding.Id, Comment: 'a drill' })
    const state = await world.as('carol').call('GetLogState')
    expect(state.State).toBe('verified')
    expect(state.Findings[0].AcknowledgedBy).toBe(world.as('admin').principal.arn)
    expect((await world.events('AcknowledgeFinding')).at(-1)?.requestParameters).toEqual({
      id: finding.Id,
      comment: 'a drill',
    })
  })
})
