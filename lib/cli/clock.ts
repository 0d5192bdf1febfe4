/** `./keyhouse clock …` and `./keyhouse reset`: time and beginnings of an installation, in shorter words than `call`. */
import { setTimeout as sleep } from 'node:timers/promises'
import { call, type Io } from './call.ts'
import { parseCall } from './call-arguments.ts'
import { type Env, identify } from './call-credentials.ts'

const HELP = `The clock that rotation, deletion and expiry go by.

  ./keyhouse clock show
  ./keyhouse clock advance 30d                          also 90m, 12h, 2w, or several: 1d 12h
  ./keyhouse clock advance-to 2027-01-01T00:00:00Z
  ./keyhouse clock acknowledge                          lets deletion go on after the clock jumped

Only an installation that a seed with "clock: manual" made can be advanced. What is due by then is done when the
command returns. Who you are and where: as with ./keyhouse call.
`

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }

/** The seconds of `30d` or of `1d 12h`; undefined when a word is no duration. */
export function secondsOf(words: readonly string[]): number | undefined {
  let seconds = 0
  for (const word of words) {
    const [, count, unit = ''] = /^(\d{1,9})([smhdw])$/.exec(word) ?? []
    const length = SECONDS[unit]
    if (count === undefined || length === undefined) return undefined
    seconds += Number(count) * length
  }
  return words.length > 0 ? seconds : undefined
}

/** The call that a command stands for; undefined when it stands for none. */
function callOf(command: string | undefined, words: readonly string[]): string[] | undefined {
  if (command === 'show' && words.length === 0) return ['ShowClock']
  if (command === 'acknowledge' && words.length === 0) return ['AcknowledgeClock']
  if (command === 'advance') {
    const Seconds = secondsOf(words)
    return Seconds === undefined ? undefined : ['AdvanceClock', JSON.stringify({ Seconds })]
  }
  const [to = '', more] = words
  const at = Date.parse(to)
  if (command !== 'advance-to' || more !== undefined || Number.isNaN(at)) return undefined
  return ['AdvanceClock', JSON.stringify({ To: at / 1000 })]
}

/** Gives the exit status; `argv` is what follows `clock`. */
export async function clock(argv: readonly string[], env: Env, io: Io): Promise<number> {
  const options = argv.findIndex((word) => word.startsWith('--'))
  const [command, ...words] = options < 0 ? argv : argv.slice(0, options)
  const rest = options < 0 ? [] : argv.slice(options)
  const asked = rest.includes('--help') ? undefined : callOf(command, words)
  if (asked) return call(['keyhouse', ...asked, ...rest], env, io)
  const help = rest.includes('--help') || command === 'help'
  if (help) io.out(HELP)
  else io.err(HELP)
  return help ? 0 : 1
}

const LONGEST_MS = 60_000
const PAUSE_MS = 100

async function isReady(endpoint: URL): Promise<boolean> {
  try {
    return (await fetch(new URL('/_keyhouse/ready', endpoint), { signal: AbortSignal.timeout(5000) })).ok
  } catch {
    return false
  }
}

/** Waits until it answers as wanted; false when that takes too long. */
async function until(wanted: boolean, endpoint: URL, longestMs: number): Promise<boolean> {
  for (let waited = 0; waited < longestMs; waited += PAUSE_MS) {
    if ((await isReady(endpoint)) === wanted) return true
    await sleep(PAUSE_MS)
  }
  return false
}

/** Empties a test installation and waits until its seed is applied again; gives the exit status. */
export async function reset(argv: readonly string[], env: Env, io: Io): Promise<number> {
  const words = ['keyhouse', 'Reset', ...argv]
  const status = await call(words, env, { ...io, out: () => {} })
  if (status !== 0) return status
  const { settings, service } = await parseCall(words)
  const { endpoint } = await identify(settings, env, service)
  await until(false, endpoint, LONGEST_MS)
  if (await until(true, endpoint, LONGEST_MS)) {
    io.out('Emptied; the seed is applied again.\n')
    return 0
  }
  io.err('Emptied, but it does not answer again; the terminal of npm start says why.\n')
  return 1
}
