/**
 * Check values: they tell a wrong key from a right one before it is used, and nothing about the key (R10).
 */
import type { KeyObject } from 'node:crypto'
import { LABELS } from './labels.ts'
import { hmacSha256 } from './mac.ts'

/**
 * The first 8 bytes of HMAC-SHA-256(key, "check-value/v1").
 * KBKDF's inputs start with a zero byte and this one with a letter, so they never meet under one key.
 */
export const checkValue = (key: KeyObject): Buffer => hmacSha256(key, LABELS.checkValue).subarray(0, 8)
