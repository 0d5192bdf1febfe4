/** What Keyhouse prints for the person who started it, once it serves. */
import type { Configuration, Surroundings } from './configuration.ts'
import { isLoopback } from './listen-address.ts'

export type Announced = {
  readonly configuration: Configuration
  readonly surroundings: Surroundings
  readonly endpoint: string
  readonly rootKey: string
  readonly checkout: string
  readonly rootKeyIsNew: boolean
  readonly setupLink: string | undefined
}

/** The lines, without a trailing newline. */
export function announcement(of: Announced): string {
  const blocks = [addresses(of), rootKey(of), setUp(of), tunnel(of)]
  return ['', ...blocks.flatMap((block) => (block.length > 0 ? [...block, ''] : []))].join('\n')
}

function addresses({ configuration, endpoint }: Announced): string[] {
  return [
    'Keyhouse is running.',
    `  console   ${configuration.consoleUrl}`,
    `  endpoint  ${endpoint}   for the AWS CLI, the SDKs and Terraform`,
  ]
}

function rootKey(of: Announced): string[] {
  if (!of.rootKeyIsNew) return [`  root key  ${of.rootKey}`]
  return [
    `The root key is ${of.rootKey}`,
    '  It opens every key that Keyhouse holds, and nothing replaces it. Back it up, apart from the database.',
    ...(of.rootKey.startsWith(`${of.checkout}/`)
      ? ['  `git clean -fdx` in this clone would delete it.']
      : []),
  ]
}

function setUp({ setupLink }: Announced): string[] {
  if (!setupLink) return []
  return ['Set it up here, once, within a day:', `  ${setupLink}`]
}

// A browser on another machine reaches a loopback address through ssh only.
function tunnel({ configuration, surroundings, endpoint }: Announced): string[] {
  const { consoleListen, consoleUrl } = configuration
  if (!surroundings.headless || !isLoopback(new URL(consoleUrl).hostname)) return []
  const ports = [consoleListen.port, Number(new URL(endpoint).port || 80)]
  const forwards = ports.map((port) => `-L ${port}:127.0.0.1:${port}`).join(' ')
  return [
    'No screen here? From the machine where your browser is:',
    `  ssh ${forwards} ${surroundings.user}@${surroundings.sshAddress ?? 'this-machine'}`,
  ]
}
