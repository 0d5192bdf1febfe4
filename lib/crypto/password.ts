/**
 * Passwords, kept as Argon2id (RFC 9106) in the PHC string format. Text is hashed as the UTF-8 it is, never
 * normalised.
 *
 *   $argon2id$v=19$m=65536,t=3,p=1$<salt>$<hash>      m in KiB; base64 without padding
 *
 * The work runs in libuv's threads, four at once, so that signing in never stalls the event loop (R26).
 */
import { argon2 } from 'node:crypto'
import { equalBytes } from './equal.ts'
import { randomBytes } from './random.ts'
import { turns } from './turns.ts'

type Cost = { readonly memory: number; readonly passes: number; readonly parallelism: number }
type Stored = { readonly cost: Cost; readonly salt: Buffer; readonly hash: Buffer }

/** R7: at least 64 MiB and three passes. */
const COST: Cost = { memory: 65_536, passes: 3, parallelism: 1 }
// What is stored may have been written by someone else: nothing weaker than 19 MiB, nothing that eats the
// machine.
const MEMORY = { min: 19_456, max: 262_144 }
const MAX_PASSES = 10
const MAX_PARALLELISM = 4
const SALT_BYTES = 16
const HASH_BYTES = 32
const PHC =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,7}),t=([1-9]\d{0,3}),p=([1-9]\d{0,3})\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/

const inTurn = turns({ running: 4, waiting: 64 })

function run(message: Buffer, nonce: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength: HASH_BYTES, ...cost }, (error, hash) => {
      if (error) reject(error)
      else resolve(hash)
    })
  })
}

async function argon2id(text: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return inTurn(async () => {
    const message = Buffer.alloc(Buffer.byteLength(text))
    try {
      message.write(text)
      return await run(message, salt, cost)
    } finally {
      message.fill(0)
    }
  })
}

/** `m=65536,t=3,p=1` */
const costText = (cost: Cost): string => `m=${cost.memory},t=${cost.passes},p=${cost.parallelism}`

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

const inBounds = (cost: Cost): boolean =>
  cost.memory >= MEMORY.min &&
  cost.memory <= MEMORY.max &&
  cost.passes <= MAX_PASSES &&
  cost.parallelism <= MAX_PARALLELISM

/** The parts of a stored hash, or undefined when it is none or its cost is absurd. */
function parse(phc: string): Stored | undefined {
  const [, memory, passes, parallelism, salt = '', hash = ''] = PHC.exec(phc) ?? []
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  // No match gives NaN, which is in no bounds.
  if (!inBounds(cost)) return undefined
  return { cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') }
}

/** A PHC string for a new password. Throws ThrottlingException when too many wait. */
export async function hashPassword(text: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const hash = await argon2id(text, salt, COST)
  return `$argon2id$v=19$${costText(COST)}$${unpadded(salt)}$${unpadded(hash)}`
}

/**
 * Whether a password is the stored one. Without a stored one, or with one that cannot be, it works as long
 * and says no, so that time does not tell who exists (R89). Throws ThrottlingException when too many wait.
 */
export async function verifyPassword(text: string, phc: string | undefined): Promise<boolean> {
  const stored = phc === undefined ? undefined : parse(phc)
  const { salt, cost, hash } = stored ?? {
    salt: randomBytes(SALT_BYTES),
    cost: COST,
    hash: randomBytes(HASH_BYTES),
  }
  const same = equalBytes(await argon2id(text, salt, cost), hash)
  return same && stored !== undefined
}
