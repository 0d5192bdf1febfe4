/**
 * The secret that proves to the desk that the console is speaking. It arrives on descriptor 3, which the supervisor
 * opened, and can be read only once: it then lives in this process's memory alone.
 */
import { readFileSync } from 'node:fs'

const DESCRIPTOR = 3

// Next evaluates a module once per bundle, so a module's variable would try to read the descriptor again.
declare global {
  var keyhouseChannel: string | undefined
}

/** The channel secret. Throws an Error when the console was not started by the supervisor. */
export function channelSecret(): string {
  if (globalThis.keyhouseChannel) return globalThis.keyhouseChannel
  let secret = ''
  try {
    secret = readFileSync(DESCRIPTOR, 'utf8').trim()
  } catch (cause) {
    throw new Error('the channel secret is missing on descriptor 3: start the console with npm start', {
      cause,
    })
  }
  if (secret === '') throw new Error('the channel secret on descriptor 3 is empty')
  globalThis.keyhouseChannel = secret
  return secret
}
