import { execFileSync } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { UnwrapError } from '#lib/crypto/wrap.ts'
import { createFileRootKey, openFileRootKey } from './file.ts'
import { RootKeyError } from './root-key.ts'

const RAW = Buffer.from('590f4ce3b35643dcfe45c8e8881e532daad0047d8e860fb730034fa04541967c', 'hex')
const CONTEXT = Buffer.from('00000003010000000a646f6d61696e2d6b65790100000001780000000000', 'hex')
const SECRET = Buffer.from('451ec69277f61672d11de910895228f8f23665ec1d6ac24430734b7b4fa81d62', 'hex')
/** Made by another implementation. */
const RECORD = Buffer.from(
  '0101c357f290c2418a091104ca84e9f504c5dcf0acd6d583774c77a180ac84a2daa1e734e48e64c23379fc77d40708e3' +
    '6bfe43bba5960cb5e053a0b7b97009f31bd389806a27cf5f42c6f1c6b4f0',
  'hex',
)

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'keyhouse-root-key-'))
  path = join(folder, 'root.key')
})
afterEach(() => rm(folder, { recursive: true }))

const write = (bytes: Uint8Array, mode = 0o600) => writeFile(path, bytes, { mode })

describe('a file that is a root key', () => {
  it.each([0o600, 0o400])('opens with mode %o', async (mode) => {
    await write(RAW, mode)
    const key = await openFileRootKey(path)
    expect(key.provider).toBe('file')
    expect((await key.checkValue()).toString('hex')).toBe('e4e32df7cabcc5dd')
  })

  it('unwraps a record of another implementation', async () => {
    await write(RAW)
    const key = await openFileRootKey(path)
    const bytes = await key.unwrap(RECORD, CONTEXT)
    expect(bytes.lend((raw) => Buffer.from(raw))).toEqual(SECRET)
  })

  it('prints nothing of itself', async () => {
    await write(RAW)
    const key = await openFileRootKey(path)
    expect(inspect(key, { depth: 9 }) + JSON.stringify(key)).not.toMatch(/590f4ce3|59 0f|89, 15/)
  })
})

describe('a file that is none is refused in words', () => {
  it.each([
    ['missing', async () => {}, 'does not exist'],
    ['31 bytes long', () => write(RAW.subarray(1)), 'has 31 bytes instead of 32'],
    ['33 bytes long', () => write(Buffer.concat([RAW, Buffer.alloc(1)])), 'has 33 bytes instead of 32'],
    ['empty', () => write(Buffer.alloc(0)), 'has 0 bytes instead of 32'],
    ['64 hex digits', () => write(Buffer.from(RAW.toString('hex'))), 'has 64 bytes instead of 32'],
    ['a folder', () => mkdir(path, { mode: 0o700 }), 'is not a regular file'],
    ['a pipe', async () => execFileSync('mkfifo', ['-m', '600', path]), 'is not a regular file'],
    [
      'a symbolic link to a good one',
      async () => {
        await writeFile(join(folder, 'other.key'), RAW, { mode: 0o600 })
        await symlink(join(folder, 'other.key'), path)
      },
      'is a symbolic link',
    ],
  ] as const)('%s', async (_, prepare, words) => {
    await prepare()
    const error = await openFileRootKey(path).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(RootKeyError)
    expect(String(error)).toContain(`'${path}' ${words}`)
  })

  it.each([0o644, 0o640, 0o604, 0o620, 0o610, 0o666])('open to others with mode %o', async (mode) => {
    await write(RAW)
    await chmod(path, mode)
    await expect(openFileRootKey(path)).rejects.toThrow(RootKeyError)
    await expect(openFileRootKey(path)).rejects.toThrow(`is open to others (mode 0${mode.toString(8)})`)
    expect(await readFile(path)).toEqual(RAW)
  })
})

describe('making one', () => {
  it('writes 32 bytes for its owner alone, and opens as the same key', async () => {
    const made = await createFileRootKey(path)
    const { mode, size } = await stat(path)
    expect([mode & 0o777, size]).toEqual([0o600, 32])
    const record = await made.wrap(SECRET, CONTEXT)
    const opened = await openFileRootKey(path)
    expect(await opened.checkValue()).toEqual(await made.checkValue())
    expect((await opened.unwrap(record, CONTEXT)).lend((raw) => Buffer.from(raw))).toEqual(SECRET)
  })

  it('makes another one each time', async () => {
    const [one, other] = [await createFileRootKey(path), await createFileRootKey(`${path}.2`)]
    expect(await one.checkValue()).not.toEqual(await other.checkValue())
  })

  it.each([
    ['a root key', () => write(RAW)],
    ['an empty file', () => write(Buffer.alloc(0))],
    ['a link to nowhere', () => symlink(join(folder, 'nowhere'), path)],
  ])('does not overwrite %s', async (_, prepare) => {
    await prepare()
    const before = await readFile(path).catch(() => undefined)
    await expect(createFileRootKey(path)).rejects.toThrow('exists already and is not overwritten')
    expect(await readFile(path).catch(() => undefined)).toEqual(before)
    await expect(stat(join(folder, 'nowhere'))).rejects.toThrow('ENOENT')
  })

  it('says so when the folder is missing', async () => {
    await expect(createFileRootKey(join(folder, 'no', 'root.key'))).rejects.toThrow('does not exist')
  })
})

describe('what does not unwrap, and always the same way', () => {
  const refused = async (use: Promise<unknown>) => expect(use).rejects.toEqual(new UnwrapError())

  it('any changed byte, any cut, another context', async () => {
    await write(RAW)
    const key = await openFileRootKey(path)
    for (let at = 0; at < RECORD.length; at++) {
      const changed = Buffer.from(RECORD)
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at)
      await refused(key.unwrap(changed, CONTEXT))
      await refused(key.unwrap(RECORD.subarray(0, at), CONTEXT))
    }
    await refused(key.unwrap(Buffer.concat([RECORD, Buffer.alloc(1)]), CONTEXT))
    await refused(key.unwrap(RECORD, Buffer.alloc(0)))
  })

  it('another root key', async () => {
    const key = await createFileRootKey(path)
    await refused(key.unwrap(RECORD, CONTEXT))
  })
})
