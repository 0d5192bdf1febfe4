/** Programs beside the browser: the AWS CLI where the machine has it, and this clone's own command line. */
import { spawnSync } from 'node:child_process'
import { join, resolve } from 'node:path'
import { endpoint, state } from './world.ts'

const CHECKOUT = resolve(import.meta.dirname, '..')

export type Said = { readonly status: number | null; readonly stdout: string; readonly stderr: string }
type AccessKey = { readonly id: string; readonly secret: string }
type Options = { readonly accessKey?: AccessKey; readonly cwd?: string }

/** What a program is started with: the administrator's access key, and nothing of this process but the PATH. */
const programEnvironment = (accessKey: AccessKey = state().accessKey): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.E2E_HOME,
  NODE_ENV: 'production',
  AWS_ACCESS_KEY_ID: accessKey.id,
  AWS_SECRET_ACCESS_KEY: accessKey.secret,
  AWS_REGION: state().region,
  AWS_DEFAULT_REGION: state().region,
  AWS_EC2_METADATA_DISABLED: 'true',
})

const run = (program: string, options: readonly string[], { accessKey, cwd }: Options): Said =>
  spawnSync(program, [...options, '--endpoint-url', endpoint()], {
    encoding: 'utf8',
    cwd,
    env: programEnvironment(accessKey),
  })

/** `./keyhouse call`, from this clone. */
export const keyhouse = (words: readonly string[], options: Options = {}): Said =>
  run(join(CHECKOUT, 'keyhouse'), ['call', ...words], options)

/** The AWS CLI. */
export const aws = (words: readonly string[], options: Options = {}): Said =>
  run('aws', [...words, '--output', 'json'], options)

/** A script as a person pastes it into a terminal. */
export const shell = (script: string): Said =>
  spawnSync('sh', ['-euc', script], { encoding: 'utf8', env: programEnvironment() })

/** "aws-cli/2.31.0", or undefined where there is none. */
export function awsVersion(): string | undefined {
  const { status, stdout, stderr } = spawnSync('aws', ['--version'], { encoding: 'utf8' })
  return status === 0 ? /aws-cli\/\S+/.exec(stdout + stderr)?.[0] : undefined
}

/** A key of the administrator's account with an alias; gives its id. */
export function keyWithAlias(alias: string): string {
  const made = keyhouse(['kms', 'create-key', '--description', 'Made beside the browser'])
  if (made.status !== 0) throw new Error(made.stderr)
  const { KeyMetadata } = JSON.parse(made.stdout) as { KeyMetadata: { KeyId: string } }
  const named = keyhouse([
    'kms',
    'create-alias',
    '--alias-name',
    `alias/${alias}`,
    '--target-key-id',
    KeyMetadata.KeyId,
  ])
  if (named.status !== 0) throw new Error(named.stderr)
  return KeyMetadata.KeyId
}
