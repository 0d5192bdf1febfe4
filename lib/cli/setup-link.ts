/**
 * `./keyhouse setup-link`: asks the running engine for a new one-time set-up link, over the console's socket. The
 * channel secret lies in a file that only the person who started Keyhouse reads, for as long as it runs.
 */
import { readFile } from 'node:fs/promises'
import { type RequestOptions, request } from 'node:http'

export type DeskToAsk = {
  readonly channelSecretPath: string
  /** Where the desk listens; undefined while Keyhouse does not run. */
  readonly desk: { readonly path: string } | { readonly port: number } | undefined
}

type Io = { readonly out: (text: string) => void; readonly err: (text: string) => void }

/** Prints the link; gives the exit status. */
export async function setupLink({ channelSecretPath, desk }: DeskToAsk, io: Io): Promise<number> {
  if (!desk) {
    io.err('Keyhouse is not running here. Start it with npm start; it prints the link.\n')
    return 1
  }
  const secret = await readFile(channelSecretPath, 'utf8')
  const at = 'path' in desk ? { socketPath: desk.path } : { host: '127.0.0.1', port: desk.port }
  const { status, body } = await post(
    { ...at, path: '/desk/new-setup-link', method: 'POST', headers: { 'x-keyhouse-channel': secret } },
    '{}',
  )
  const answer: unknown = JSON.parse(body)
  if (status === 200 && hasText(answer, 'link')) {
    io.out(`${answer.link}\n`)
    return 0
  }
  const error = typeof answer === 'object' && answer !== null ? Reflect.get(answer, 'error') : undefined
  io.err(`${hasText(error, 'message') ? error.message : 'The engine did not give a link.'}\n`)
  return 1
}

function hasText<Name extends string>(value: unknown, name: Name): value is Record<Name, string> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'string'
}

function post(options: RequestOptions, text: string): Promise<{ status: number; body: string }> {
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; body: string }>()
  const headers = { ...options.headers, 'content-type': 'application/json', 'content-length': text.length }
  const sent = request({ ...options, headers, timeout: 10_000 }, async (answer) => {
    let body = ''
    for await (const part of answer.setEncoding('utf8')) body += part
    resolve({ status: answer.statusCode ?? 0, body })
  })
  sent.on('timeout', () => sent.destroy(new Error('the engine did not answer')))
  sent.on('error', reject)
  sent.end(text)
  return promise
}
