/** `./keyhouse call …`: one signed request from the command line, for machines without the AWS CLI. */
import { parseCall } from './call-arguments.ts'
import { type Env, identify } from './call-credentials.ts'
import { CALL_HELP } from './call-help.ts'
import { type CallAnswer, sendCall } from './call-request.ts'
import { UsageError } from './usage-error.ts'

export type Io = { readonly out: (text: string) => void; readonly err: (text: string) => void }

/** Exit statuses, as the AWS command line has them. */
const DONE = 0
const NOT_ASKED = 1
const REFUSED = 255

/**
 * Calls an operation and prints its answer as JSON, or the refusal in the AWS command line's words.
 * `argv` is what follows `call`. Gives the exit status; never throws for what a person or a server did.
 */
export async function call(argv: string[], env: Env, io: Io): Promise<number> {
  if (argv.length === 0 || argv.includes('--help') || argv[0] === 'help') {
    io.out(CALL_HELP)
    return argv.length === 0 ? NOT_ASKED : DONE
  }
  try {
    const request = await parseCall(argv)
    const identity = await identify(request.settings, env, request.service)
    const answer = await ask(() => sendCall(request, identity, new Date()), identity.endpoint)
    return print(answer, request.operation, io)
  } catch (thrown) {
    if (!(thrown instanceof UsageError)) throw thrown
    io.err(`${thrown.message}\nSee ./keyhouse call --help.\n`)
    return NOT_ASKED
  }
}

/** Nobody there, a certificate that is not trusted, or something else than Keyhouse behind the address. */
async function ask(send: () => Promise<CallAnswer>, endpoint: URL): Promise<CallAnswer> {
  try {
    return await send()
  } catch (thrown) {
    throw new UsageError(
      `No usable answer from ${endpoint.origin}${reason(thrown)}. Is Keyhouse running there?`,
    )
  }
}

function reason(thrown: unknown): string {
  if (!(thrown instanceof Error)) return ''
  // fetch wraps what really happened.
  const cause: unknown = thrown.cause ?? thrown
  const code = cause instanceof Error ? Reflect.get(cause, 'code') : undefined
  return typeof code === 'string' ? ` (${code})` : ''
}

function print(answer: CallAnswer, operation: string, io: Io): number {
  if (answer.kind === 'refusal') {
    io.err(
      `\nAn error occurred (${answer.code}) when calling the ${operation} operation: ${answer.message}\n`,
    )
    return REFUSED
  }
  if (answer.output !== undefined) io.out(`${JSON.stringify(answer.output, null, 4)}\n`)
  return DONE
}
