/**
 * The passwords of the database roles: random, wrapped by the root key, in a table that only the bootstrap login
 * reads, so that several hosts of one database share them. The server itself only ever sees SCRAM verifiers.
 */
import type { ClientBase } from 'pg'
import { sha256 } from '#lib/crypto/digest.ts'
import { hmacSha256 } from '#lib/crypto/mac.ts'
import { randomBytes, uuidv4 } from '#lib/crypto/random.ts'
import { secretKey } from '#lib/crypto/secret-key.ts'
import type { SecretBytes } from '#lib/domain/secret-bytes.ts'
import { LOGIN_ROLES, type LoginRole, type RoleNames } from './roles.ts'

/** What of the root key is needed here. */
export type PasswordWrapping = {
  wrap(bytes: Uint8Array, context: Uint8Array): Promise<Buffer>
  unwrap(record: Uint8Array, context: Uint8Array): Promise<SecretBytes>
}

const TABLES = `
  CREATE SCHEMA IF NOT EXISTS keyhouse_bootstrap;
  REVOKE ALL ON SCHEMA keyhouse_bootstrap FROM PUBLIC;
  CREATE TABLE IF NOT EXISTS keyhouse_bootstrap.tag (
    singleton boolean PRIMARY KEY DEFAULT true CHECK (singleton),
    tag uuid NOT NULL
  );
  CREATE TABLE IF NOT EXISTS keyhouse_bootstrap.role_password (
    role text PRIMARY KEY,
    sealed bytea NOT NULL
  );`

/** What tells this database from another one with its name; made once. */
export async function databaseTag(sql: ClientBase): Promise<string> {
  await sql.query(TABLES)
  await sql.query('INSERT INTO keyhouse_bootstrap.tag (tag) VALUES ($1) ON CONFLICT DO NOTHING', [uuidv4()])
  const { rows } = await sql.query<{ tag: string }>('SELECT tag FROM keyhouse_bootstrap.tag')
  if (!rows[0]) throw new Error('the database kept no tag')
  return rows[0].tag
}

function contextOf(tag: string, role: string): Buffer {
  return Buffer.from(`keyhouse/role-password/v1\n${tag}\n${role}`)
}

/** The password of each role; made, wrapped and stored where there is none yet. */
export async function rolePasswords(
  sql: ClientBase,
  wrapping: PasswordWrapping,
  of: { readonly names: RoleNames; readonly tag: string },
): Promise<Record<LoginRole, string>> {
  const one = (role: LoginRole) => passwordOf(sql, wrapping, { name: of.names[role], tag: of.tag })
  return {
    migrator: await one('migrator'),
    engine: await one('engine'),
    sequencer: await one('sequencer'),
    reader: await one('reader'),
  }
}

async function passwordOf(
  sql: ClientBase,
  wrapping: PasswordWrapping,
  of: { readonly name: string; readonly tag: string },
): Promise<string> {
  const context = contextOf(of.tag, of.name)
  const { rows } = await sql.query<{ sealed: Buffer }>(
    'SELECT sealed FROM keyhouse_bootstrap.role_password WHERE role = $1',
    [of.name],
  )
  if (rows[0])
    return (await unwrap(wrapping, rows[0].sealed, context)).lend((bytes) => Buffer.from(bytes).toString())
  const password = newPassword()
  await sql.query('INSERT INTO keyhouse_bootstrap.role_password (role, sealed) VALUES ($1, $2)', [
    of.name,
    await wrapping.wrap(Buffer.from(password), context),
  ])
  return password
}

async function unwrap(wrapping: PasswordWrapping, sealed: Buffer, context: Buffer): Promise<SecretBytes> {
  try {
    return await wrapping.unwrap(sealed, context)
  } catch (cause) {
    throw new Error(
      'This root key does not open the passwords of this database. Put back the root.key that this database was made with.',
      { cause },
    )
  }
}

/** 192 random bits, in letters that need no escaping anywhere. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url')
}

const ITERATIONS = 4096

/**
 * What Postgres stores instead of a password (RFC 5803, RFC 7677):
 *   SCRAM-SHA-256$<iterations>:<salt>$<StoredKey>:<ServerKey>, base64.
 */
export function scramVerifier(password: string): string {
  const salt = randomBytes(16)
  const salted = secretKey(saltedPassword(password, salt))
  const storedKey = sha256(hmacSha256(salted, 'Client Key'))
  const serverKey = hmacSha256(salted, 'Server Key')
  const base64 = (bytes: Buffer) => bytes.toString('base64')
  return `SCRAM-SHA-256$${ITERATIONS}:${base64(salt)}$${base64(storedKey)}:${base64(serverKey)}`
}

// Hi(password, salt, i) of RFC 5802 §2.2.
function saltedPassword(password: string, salt: Buffer): Buffer {
  const key = secretKey(Buffer.from(password))
  let round = hmacSha256(key, salt, Buffer.from([0, 0, 0, 1]))
  const sum = Buffer.from(round)
  for (let i = 1; i < ITERATIONS; i += 1) {
    round = hmacSha256(key, round)
    for (const [at, byte] of round.entries()) sum[at] = (sum[at] ?? 0) ^ byte
  }
  return sum
}

/** A verifier for each role. */
export function verifiersOf(passwords: Readonly<Record<LoginRole, string>>): Record<LoginRole, string> {
  const [migrator, engine, sequencer, reader] = LOGIN_ROLES.map((role) => scramVerifier(passwords[role]))
  return { migrator: migrator ?? '', engine: engine ?? '', sequencer: sequencer ?? '', reader: reader ?? '' }
}
