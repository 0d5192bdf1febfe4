/** Test support: the `terraform` of this machine, with a copy of the AWS provider, in a folder of its own. */
import { execFile } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const PROVIDER = join('registry.terraform.io', 'hashicorp', 'aws')

/** Folders where Terraform itself looks for providers: those of its configuration, and the ones it implies. */
function mirrors(): string[] {
  const file = process.env.TF_CLI_CONFIG_FILE ?? join(homedir(), '.terraformrc')
  const configured = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const named = [...configured.matchAll(/(?:path|plugin_cache_dir)\s*=\s*"([^"]+)"/g)].map(
    (found) => found[1] ?? '',
  )
  return [...named, join(homedir(), '.terraform.d', 'plugins'), '/usr/local/share/terraform/plugins']
}

const onPath = (process.env.PATH ?? '')
  .split(delimiter)
  .some((folder) => existsSync(join(folder, 'terraform')))
const mirror = mirrors().find((folder) => existsSync(join(folder, PROVIDER)))

/** Why Terraform cannot run here; empty where it can. The provider is not ours to download. */
export const missingTerraform = !onPath
  ? 'terraform is not on the PATH'
  : !mirror
    ? 'the AWS provider is not on this machine'
    : ''

export type Terraform = {
  /** Runs a command; rejects where Terraform exits with anything but zero. Gives what it printed. */
  readonly run: (...words: readonly string[]) => Promise<string>
  readonly output: (name: string) => Promise<string>
  readonly close: () => void
}

type Setting = {
  /** Path of the configuration. */
  readonly file: string
  readonly accessKey: { readonly id: string; readonly secret: string }
  readonly variables: Readonly<Record<string, string>>
}

/** A folder with one configuration, initialized. Close it, and it is gone. */
export async function openTerraform({ file, accessKey, variables }: Setting): Promise<Terraform> {
  const folder = mkdtempSync(join(tmpdir(), 'terraform-'))
  const given = Object.entries(variables).map(([name, value]) => [`TF_VAR_${name}`, value])
  const env = {
    NODE_ENV: 'test' as const,
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TF_IN_AUTOMATION: 'true',
    CHECKPOINT_DISABLE: 'true',
    AWS_ACCESS_KEY_ID: accessKey.id,
    AWS_SECRET_ACCESS_KEY: accessKey.secret,
    ...Object.fromEntries(given),
  }
  const terraform = async (...words: readonly string[]) =>
    (await run('terraform', words, { cwd: folder, env, maxBuffer: 1 << 24 })).stdout
  copyFileSync(file, join(folder, 'main.tf'))
  await terraform('init', '-no-color', `-plugin-dir=${mirror}`)
  return {
    run: (...words) => terraform(...words, '-no-color'),
    output: (name) => terraform('output', '-raw', name),
    close: () => rmSync(folder, { recursive: true }),
  }
}
