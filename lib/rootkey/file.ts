/**
 * The root key as a file of exactly 32 random bytes that only its owner can read (R7).
 * It is never made because it is missing: who makes one knows that nothing was wrapped yet (R3).
 */
import { constants } from 'node:fs'
import { type FileHandle, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { generateSecretKey, secretKeyAndWipe } from '#lib/crypto/secret-key.ts'
import { holdRootKey } from './held.ts'
import { type RootKey, RootKeyError } from './root-key.ts'

const PROVIDER = 'file'
const SIZE = 32
const OWNER_ONLY = 0o600
const OTHERS = 0o077
// A link could point at another's file, and a pipe would wait for ever. Windows has neither flag nor mode
// bits.
const WINDOWS = process.platform === 'win32'
const CAREFULLY = WINDOWS ? 0 : constants.O_NOFOLLOW | constants.O_NONBLOCK

const codeOf = (thrown: unknown): unknown =>
  thrown instanceof Error ? Reflect.get(thrown, 'code') : undefined

/** What an operator can do about a file that does not open. */
function openingFault(path: string, thrown: unknown): RootKeyError {
  const because: Record<string, string> = {
    ENOENT: 'does not exist; restore it from its backup',
    ENOTDIR: 'does not exist: a part of its path is not a folder',
    ELOOP: 'is a symbolic link; name the file itself',
    EACCES: 'may not be read by this user',
    EPERM: 'may not be read by this user',
    EEXIST: 'exists already and is not overwritten',
    EISDIR: 'is not a regular file',
  }
  const code = String(codeOf(thrown))
  return new RootKeyError(`the root key '${path}' ${because[code] ?? `cannot be opened (${code})`}`, {
    cause: thrown,
  })
}

async function openFile(path: string, flags: number): Promise<FileHandle> {
  try {
    return await open(path, flags | CAREFULLY, OWNER_ONLY)
  } catch (thrown) {
    throw openingFault(path, thrown)
  }
}

/**
 * Refuses a file that is not a root key kept well. Judges the open file, so that nobody swaps it meanwhile.
 */
async function inspect(path: string, file: FileHandle): Promise<void> {
  const stat = await file.stat()
  if (!stat.isFile()) throw new RootKeyError(`the root key '${path}' is not a regular file`)
  if (!WINDOWS && (stat.mode & OTHERS) !== 0) {
    const octal = (stat.mode & 0o777).toString(8).padStart(4, '0')
    throw new RootKeyError(`the root key '${path}' is open to others (mode ${octal}); run chmod 600 on it`)
  }
  if (stat.size !== SIZE)
    throw new RootKeyError(`the root key '${path}' has ${stat.size} bytes instead of ${SIZE}`)
}

async function readKey(path: string, file: FileHandle): Promise<RootKey> {
  const bytes = Buffer.alloc(SIZE)
  try {
    const { bytesRead } = await file.read(bytes, 0, SIZE, 0)
    if (bytesRead !== SIZE) throw new RootKeyError(`the root key '${path}' could not be read whole`)
    return holdRootKey(PROVIDER, secretKeyAndWipe(bytes))
  } finally {
    bytes.fill(0)
  }
}

/** Opens a root key file. Throws RootKeyError: missing, a link, no file, open to others, not 32 bytes. */
export async function openFileRootKey(path: string): Promise<RootKey> {
  const file = await openFile(path, constants.O_RDONLY)
  try {
    await inspect(path, file)
    return await readKey(path, file)
  } finally {
    await file.close()
  }
}

/** Makes the folder's entry as durable as the file. Windows cannot open a folder, and needs no such call. */
async function syncFolder(path: string): Promise<void> {
  if (WINDOWS) return
  const folder = await open(dirname(path), constants.O_RDONLY)
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array): Promise<void> {
  try {
    await file.writeFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Makes a new random root key, durable when this resolves. Throws RootKeyError when the file exists or cannot
 * be made.
 */
export async function createFileRootKey(path: string): Promise<RootKey> {
  const file = await openFile(path, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL)
  const { key, bytes } = generateSecretKey(SIZE)
  // Lent as a copy, because writing takes longer than lending.
  const copy = bytes.lend((raw) => Buffer.alloc(SIZE, raw))
  try {
    await writeWhole(file, copy)
    await syncFolder(path)
  } catch (thrown) {
    // Ours alone and never used, so a later start need not stumble over half of it.
    await unlink(path).catch(() => undefined)
    throw new RootKeyError(`the root key '${path}' could not be written (${String(codeOf(thrown))})`, {
      cause: thrown,
    })
  } finally {
    copy.fill(0)
  }
  return holdRootKey(PROVIDER, key)
}
