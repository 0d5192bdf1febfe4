/**
 * What a password may be: long enough, and not one that everybody tries first. No rules of composition, and the
 * characters stay exactly as they were typed (R88). Hashing is lib/crypto/password.ts.
 */
export const PASSWORD_MIN = 15
export const PASSWORD_MAX = 128

/** Roots of the passwords that guessers try first; anything built by repeating or counting from one is as bad. */
const COMMON_ROOTS = [
  'password',
  'passwort',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'passphrase',
  'qwerty',
  'qwertyuiop',
  'azerty',
  'asdfghjkl',
  'zxcvbnm',
  'letmein',
  'welcome',
  'iloveyou',
  'admin',
  'administrator',
  'root',
  'user',
  'login',
  'secret',
  'changeme',
  'default',
  'master',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'football',
  'baseball',
  'superman',
  'batman',
  'trustno',
  'abc',
  'test',
  'testing',
  'keyhouse',
  'keys',
  'kms',
  'aws',
  'amazon',
  'correct',
  'horse',
  'battery',
  'staple',
  'correcthorsebatterystaple',
  'the',
  'my',
  'is',
  'me',
]
/** Longest first, so that qwertyuiop is not read as qwerty and a rest. */
const ROOTS = [...COMMON_ROOTS].sort((a, b) => b.length - a.length)

/** True for aaaa…, abababab…, abcabcabc…: a unit of up to four characters said again and again. */
const repeats = (text: string): boolean => /^(.{1,4})\1{2,}.{0,3}$/su.test(text)

/** True when most of the text is a run that counts up or down: 123456789012345, abcdefghijklmno. */
function counts(text: string): boolean {
  let steps = 0
  for (let i = 1; i < text.length; i++) {
    const difference = text.charCodeAt(i) - text.charCodeAt(i - 1)
    // 9 is followed by 0 in what people call counting.
    if (Math.abs(difference) === 1 || Math.abs(difference) === 9) steps++
  }
  return steps >= (text.length - 1) * 0.8
}

/** What is left when every common root, digit and mark is taken out. */
function rest(text: string): string {
  let left = text
  for (const root of ROOTS) left = left.replaceAll(root, ' ')
  return left.replace(/[\p{N}\p{P}\p{S}\s]/gu, '')
}

/** True for a password that a guesser's list holds or a rule of one would make. */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase()
  if (repeats(text) || counts(text)) return true
  const holdsRoot = ROOTS.some((root) => root.length >= 4 && text.includes(root))
  return holdsRoot && rest(text).length < 4
}

/** What is wrong with a new password in words for the person who typed it, or undefined when nothing is. */
export function passwordFault(password: string): string | undefined {
  const length = [...password].length
  if (length < PASSWORD_MIN) return `The password must have at least ${PASSWORD_MIN} characters.`
  if (length > PASSWORD_MAX) return `The password must have at most ${PASSWORD_MAX} characters.`
  if (isCommonPassword(password)) return 'This password is one that attackers try first. Choose another.'
  return undefined
}
