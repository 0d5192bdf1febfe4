/** `./keyhouse audit` against an engine that answers over HTTP, in folders of this machine. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openServedWorld, type ServedWorld } from '#lib/testing/served-world.ts'
import { audit } from './audit.ts'

let served: ServedWorld
let folder: string
let key: string
beforeAll(async () => {
  served = await openServedWorld()
  folder = await mkdtemp(join(tmpdir(), 'keyhouse-audit-'))
  key = (await run(['key'])).out.trim()
})
afterAll(async () => {
  await served?.close()
  await rm(folder, { recursive: true, force: true })
})

let stop = new AbortController()
async function run(argv: string[], who: string | null = 'admin') {
  let out = ''
  let err = ''
  const io = {
    out(text: string) {
      out += text
    },
    err(text: string) {
      err += text
    },
    interrupted: () => stop.signal,
  }
  const status = await audit(argv, who === null ? {} : served.envOf(who), io)
  return { status, out, err }
}

const at = (...names: string[]) => join(folder, ...names)
const use = async (count: number) => {
  for (let i = 0; i < count; i++) await served.world.as('admin').call('ListKeys')
}

describe('an export', () => {
  it('verifies with the key alone, offline', async () => {
    await use(300)
    expect(await run(['export', '--out', at('log')])).toMatchObject({ status: 0 })
    const { status, out } = await run(['verify', at('log'), '--key', key], null)
    expect([status, out]).toEqual([0, expect.stringMatching(/^Verified: 3\d\d events of 3\d\d, as keyhouse/)])
    expect((await readdir(at('log'))).sort()).toEqual(
      ['README.txt', 'checkpoint', 'events', 'log.pub', 'manifest.json', 'tile'].sort(),
    )
  })

  it('goes on in the same folder, and extends the checkpoint that was kept', async () => {
    await writeFile(at('kept'), await readFile(at('log', 'checkpoint')))
    await use(300)
    expect(await run(['export', '--out', at('log')])).toMatchObject({ status: 0 })
    const { status, out } = await run(['verify', at('log'), '--key', key, '--older', at('kept')], null)
    expect([status, out]).toEqual([0, expect.stringMatching(/^Verified: 6\d\d events of 6\d\d/)])
  })

  it('takes the key from a file, and can begin later', async () => {
    await writeFile(at('key.pub'), `# of the log\n${key}\n`)
    expect(await run(['export', '--out', at('late'), '--from', '400'])).toMatchObject({ status: 0 })
    expect((await run(['verify', at('late'), '--key', at('key.pub'), '--from', '400'], null)).status).toBe(0)
    expect((await run(['verify', at('late'), '--key', at('key.pub')], null)).out).toContain(
      'The first bad event is 0.',
    )
  })

  it('that was changed is refused by the number of the event', async () => {
    const path = at('log', 'events', '001.ndjson')
    const lines = (await readFile(path, 'utf8')).split('\n')
    lines[7] = lines[7]!.replace('ListKeys', 'ListKeyz')
    await writeFile(path, lines.join('\n'))
    const { status, out } = await run(['verify', at('log'), '--key', key], null)
    expect([status, out]).toEqual([1, expect.stringContaining('The first bad event is 263.')])
  })

  it('with the key of another log is not believed', async () => {
    const other = 'keyhouse/made-log+f262d87a+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs'
    const { status, out } = await run(['verify', at('late'), '--key', other, '--from', '400'], null)
    expect([status, out]).toEqual([1, expect.stringContaining('no known key signed')])
  })

  it.each(['bob', 'carol', 'outsider'])('is not for %s', async (who) => {
    expect(await run(['export', '--out', at('none')], who)).toMatchObject({
      status: 255,
      err: expect.stringContaining('is not authorized to perform'),
    })
  })

  it('is recorded, page by page', async () => {
    expect((await served.world.events('ReadLog')).length).toBeGreaterThan(3)
    expect((await served.world.events('ReadTiles')).length).toBeGreaterThan(3)
  })
})

describe('a folder that cannot be written', () => {
  it.runIf(process.getuid?.() !== 0)('is said, with what to do', async () => {
    await mkdir(at('closed'))
    await chmod(at('closed'), 0o500)
    const { status, err } = await run(['export', '--out', at('closed')])
    expect([status, err]).toEqual([1, expect.stringContaining('cannot be written')])
  })

  it('because a file is in its place is said as well', async () => {
    await writeFile(at('file'), '')
    const { status, err } = await run(['export', '--out', at('file')])
    expect([status, err]).toEqual([1, expect.stringMatching(/cannot be written to .*\(E[A-Z]+\)/)])
  })

  it('because it holds something else is left alone', async () => {
    await mkdir(at('photos'))
    await writeFile(at('photos', 'cat.png'), 'meow')
    const { status, err } = await run(['export', '--out', at('photos')])
    expect([status, err]).toEqual([1, expect.stringContaining('no export, such as cat.png')])
    expect(await readdir(at('photos'))).toEqual(['cat.png'])
  })
})

describe('a proof', () => {
  it('of one event verifies by itself, and shows the event', async () => {
    const [event] = await served.world.events('ListKeys')
    expect((await run(['prove', event!.eventID, '--out', at('proof.json')])).status).toBe(0)
    const { status, out } = await run(['verify', at('proof.json'), '--key', key], null)
    expect([status, out]).toEqual([0, expect.stringContaining(`Verified: event ${event!.eventID} is number`)])
    expect(JSON.parse(out.split('\n')[0]!)).toEqual(event)
  })

  it.each([
    ['record', 'ListKeys', 'ListKeyz'],
    ['place', '"index": ', '"index": 1'],
    ['hash', '"hashes": [\n    "', '"hashes": [\n    "A'],
  ])('whose %s was changed does not', async (_, from, to) => {
    const text = (await readFile(at('proof.json'), 'utf8')).replace(from, to)
    await writeFile(at('forged.json'), text)
    const { status } = await run(['verify', at('forged.json'), '--key', key], null)
    expect(status).toBe(1)
  })

  it('of an event that there is not is refused', async () => {
    const { status } = await run(['prove', '01930000-0000-7000-8000-000000000000'])
    expect(status).toBe(255)
  })
})

describe('tail', () => {
  it('prints what happens from now on, and ends when it is interrupted', async () => {
    const following = run(['tail', 'event:CreateKey'])
    await sleep(1500)
    await served.world.as('admin').call('CreateKey')
    await sleep(4000)
    stop.abort()
    const { status, out } = await following
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^\S+Z {2}CreateKey {2}ok {2}arn:aws:iam::\d+:user\/admin.*\n$/),
    ])
  })

  it('prints whole records, and not what it asks itself', async () => {
    stop = new AbortController()
    const following = run(['tail', '--json'])
    await sleep(1500)
    await served.world.as('admin').call('ListAliases')
    await sleep(4000)
    stop.abort()
    const lines = (await following).out.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line).eventName)).toEqual(['ListAliases'])
  })

  it('says once what is wrong with a filter', async () => {
    stop = new AbortController()
    const { status, err } = await run(['tail', 'outcome:maybe'])
    expect([status, err]).toEqual([1, expect.stringContaining('outcome')])
  })
})

describe('what is no command', () => {
  it.each([
    ['an unknown word', ['stop'], "no command 'audit stop'"],
    ['an unknown flag', ['export', '--out', 'x', '--fast'], "'--fast' is no flag"],
    ['a flag of another command', ['verify', 'x', '--region', 'eu-west-1'], "'--region' is no flag"],
    ['an export to nowhere', ['export'], '--out FOLDER'],
    ['a flag without its value', ['export', '--out'], '--out needs a value'],
    ['a check without a key', ['verify', '.'], 'Give --key'],
    ['a key that is none', ['verify', '.', '--key', 'a+00000000+AAAA'], 'no Ed25519 verifier key'],
    ['a check of nothing', ['verify', '--key', 'x'], 'audit verify FOLDER'],
    ['a number that is none', ['export', '--out', 'x', '--from', 'soon'], '--from is a whole number'],
    ['a folder that is not there', ['verify', '/nowhere', '--key', 'k'], ''],
  ])('%s is refused', async (_, argv, said) => {
    const { status, err } = await run(argv, null)
    expect([status, err]).toEqual([1, expect.stringContaining(said)])
    expect(err).toContain('See ./keyhouse audit --help')
  })

  it('nothing at all shows what there is', async () => {
    expect(await run([], null)).toMatchObject({
      status: 1,
      out: expect.stringContaining('audit export --out'),
    })
    expect(await run(['--help'], null)).toMatchObject({
      status: 0,
      out: expect.stringContaining('audit tail'),
    })
  })
})
