/** `./keyhouse audit …`: which command of the log is asked for. */
import type { Io } from '../call.ts'
import type { Env } from '../call-credentials.ts'
import { UsageError } from '../usage-error.ts'
import { Refusal } from './ask.ts'
import { exportLog } from './export.ts'
import { AUDIT_HELP } from './help.ts'
import { printKeys } from './keys.ts'
import { prove } from './prove.ts'
import { tail } from './tail.ts'
import { verify } from './verify.ts'

/** Exit statuses, as `./keyhouse call` has them. */
const NOT_DONE = 1
const REFUSED = 255

/** Who asks for `interrupted` ends by itself when the person does. */
type AuditIo = Io & { readonly interrupted: () => AbortSignal }

function run(command: string, rest: readonly string[], env: Env, io: AuditIo): Promise<number> | undefined {
  if (command === 'export') return exportLog(rest, env, io)
  if (command === 'verify') return verify(rest, io)
  if (command === 'prove') return prove(rest, env, io)
  if (command === 'tail') return tail(rest, env, io)
  if (command === 'key') return printKeys(rest, env, io)
  return undefined
}

/** Gives the exit status; `argv` is what follows `audit`. Never throws for what a person or a server did. */
export async function audit(argv: readonly string[], env: Env, io: AuditIo): Promise<number> {
  const [command = '', ...rest] = argv
  if (command === '' || command === 'help' || argv.includes('--help')) {
    io.out(AUDIT_HELP)
    return command === '' ? NOT_DONE : 0
  }
  try {
    const status = await run(command, rest, env, io)
    if (status === undefined) throw new UsageError(`There is no command 'audit ${command}'.`)
    return status
  } catch (thrown) {
    if (!(thrown instanceof UsageError || thrown instanceof Refusal)) throw thrown
    io.err(`${thrown.message}\n${thrown instanceof UsageError ? 'See ./keyhouse audit --help.\n' : ''}`)
    return thrown instanceof Refusal ? REFUSED : NOT_DONE
  }
}
