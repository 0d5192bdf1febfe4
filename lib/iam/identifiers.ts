/** Ids and secrets of identities, in AWS's shapes, from the system's randomness. */
import { randomBytes } from '#lib/crypto/random.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** 32 divides 256, so that every character is equally likely. */
const base32 = (count: number) => Array.from(randomBytes(count), (byte) => BASE32[byte & 31]).join('')

export const newUserId = () => `AIDA${base32(17)}`
export const newRoleId = () => `AROA${base32(17)}`
export const newGroupId = () => `AGPA${base32(17)}`
export const newPolicyId = () => `ANPA${base32(17)}`
export const newAccessKeyId = () => `AKIA${base32(16)}`
export const newTemporaryKeyId = () => `ASIA${base32(16)}`
/** 40 characters of base64: 240 bits. */
export const newAccessKeySecret = () => randomBytes(30).toString('base64')

/** 12 digits that do not begin with 0: a spreadsheet or a YAML file would lose it. */
export function newAccountId(): string {
  // The slight bias of the remainder does no harm: an account id is no secret.
  const random = randomBytes(6).readUIntBE(0, 6)
  return String(100_000_000_000 + (random % 900_000_000_000))
}

/** A password for a person to copy: four groups of five from an alphabet of 32, 100 bits. */
export function newPassword(): string {
  const text = base32(20).toLowerCase()
  return (text.match(/.{5}/g) ?? []).join('-')
}
