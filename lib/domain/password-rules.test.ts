import { describe, expect, it } from 'vitest'
import { passwordFault } from './password-rules.ts'

describe('a password', () => {
  it.each([
    'quiet otters ferry lanterns',
    'Tr0ub4dor&3 and then some',
    'my horse eats seventeen apples',
    'ünïcödé is welcome here too',
    '  spaces at both ends count  ',
    'zq8-kfm3v-2pxwd-77ahn',
    `${'a'.repeat(10)} is not how it goes on and on`,
  ])('may be "%s"', (password) => expect(passwordFault(password)).toBeUndefined())

  it.each([
    ['is empty', '', 'at least 15'],
    ['has fourteen characters', 'quiet otters f', 'at least 15'],
    ['has fourteen characters of four bytes each', '🦦'.repeat(14), 'at least 15'],
    ['has 129 characters', 'quiet otters '.repeat(10).slice(0, 129), 'at most 128'],
    ['says one letter again and again', 'aaaaaaaaaaaaaaaa', 'attackers'],
    ['says two letters again and again', 'abababababababab', 'attackers'],
    ['counts', '1234567890123456', 'attackers'],
    ['counts backwards in letters', 'ponmlkjihgfedcba', 'attackers'],
    ['is the word itself, twice', 'passwordpassword', 'attackers'],
    ['is the word with a year', 'Password20252026!', 'attackers'],
    ['is a row of the keyboard and a number', 'qwertyuiop12345', 'attackers'],
    ['is the passphrase of the comic', 'correct horse battery staple', 'attackers'],
    ['names this product', 'keyhouse-admin-2026', 'attackers'],
  ])('that %s is refused', (_, password, words) => expect(passwordFault(password)).toContain(words))
})
