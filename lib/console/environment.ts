/**
 * What the supervisor tells the console by its environment, read once. The channel secret does not come this way:
 * an environment is inherited by children and shown by tools (lib/console/channel.ts).
 */
export type ConsoleEnvironment = {
  /** Where browsers reach the console; the only Origin that changes are accepted from. */
  readonly consoleUrl: URL
  /** The desk: a Unix socket's path, or host:port on Windows. */
  readonly deskSocket: string
  /** Whether cookies are __Host- and Secure. */
  readonly secure: boolean
}

let read: ConsoleEnvironment | undefined

function needed(name: string): string {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is not set: the console is started by npm start`)
  return value
}

/** The console's environment. Throws an Error that names what is missing. */
export function environment(): ConsoleEnvironment {
  if (read) return read
  const consoleUrl = new URL(needed('KEYHOUSE_CONSOLE_URL'))
  // next-auth takes the host from here and never from a request's headers.
  process.env.NEXTAUTH_URL = consoleUrl.origin
  read = { consoleUrl, deskSocket: needed('KEYHOUSE_DESK_SOCKET'), secure: consoleUrl.protocol === 'https:' }
  return read
}

/** Development compiles on demand, with eval and without nonces on styles: only the content security policy asks. */
export const developing = process.env.NODE_ENV === 'development'
