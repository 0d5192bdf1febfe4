/** `./keyhouse`: which command is asked for. What a command does is in lib/cli. */
import { createInterface } from 'node:readline/promises'
import { audit } from '#lib/cli/audit/audit.ts'
import { call } from '#lib/cli/call.ts'
import { clock, reset } from '#lib/cli/clock.ts'
import { setupLink } from '#lib/cli/setup-link.ts'
import { uninstall } from '#lib/cli/uninstall.ts'
import { commandEnvironment, readHome } from './configuration.ts'
import { openPlaces } from './places.ts'
import { isRunning } from './process-identity.ts'
import { readWhere } from './where.ts'

const HELP = `Keyhouse, a key management service that you run yourself.

  ./keyhouse call SERVICE OPERATION …   one signed request, for machines without the AWS CLI
  ./keyhouse audit export|verify|…      the audit log: taken out whole, checked, proved, followed
  ./keyhouse clock show|advance|…       the time rotation and deletion go by; tests may move it
  ./keyhouse reset                      empties a test installation and applies its seed again
  ./keyhouse setup-link                 a new one-time set-up link, while nobody has set Keyhouse up
  ./keyhouse uninstall [--yes]          deletes this installation's keys, database and log
  ./keyhouse --help

Start it with npm start. KEYHOUSE_HOME names the installation; the default is .keyhouse in this clone.
`

const io = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
}

async function ask(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return await lines.question(question)
  } finally {
    lines.close()
  }
}

/** Aborted by Ctrl-C. */
function interrupted(): AbortSignal {
  const stop = new AbortController()
  process.once('SIGINT', () => stop.abort())
  return stop.signal
}

function installation() {
  const places = openPlaces(readHome())
  const where = readWhere(places.where)
  const running = where?.supervisor !== undefined && isRunning(where.supervisor)
  return { places, where, running }
}

async function main([command, ...rest]: string[]): Promise<number> {
  if (command === 'call') return call(rest, commandEnvironment(), io)
  if (command === 'audit') return audit(rest, commandEnvironment(), { ...io, interrupted })
  if (command === 'clock') return clock(rest, commandEnvironment(), io)
  if (command === 'reset') return reset(rest, commandEnvironment(), io)
  if (command === 'setup-link') {
    const { places, where, running } = installation()
    return setupLink({ channelSecretPath: places.channelSecret, desk: running ? where?.desk : undefined }, io)
  }
  if (command === 'uninstall') {
    const { places, where, running } = installation()
    const folders = [where?.runtime, places.state, places.home].filter((folder) => folder !== undefined)
    return uninstall({ home: places.home, folders, running, yes: rest.includes('--yes') }, { ...io, ask })
  }
  const asked = command === undefined || command === '--help' || command === '-h' || command === 'help'
  if (asked) io.out(HELP)
  else io.err(`There is no command "${command}".\n\n${HELP}`)
  return asked ? 0 : 1
}

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  io.err(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
