/**
 * Where a call gets its access key, Region and endpoint: flags, then the environment, then the AWS profile.
 * The environment comes in as an argument; nothing here is remembered.
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { SigningCredentials } from '#lib/aws/signer.ts'
import type { CallSettings, Service } from './call-arguments.ts'
import { UsageError } from './usage-error.ts'

export type Env = Readonly<Record<string, string | undefined>>

export type CallIdentity = {
  readonly credentials: SigningCredentials
  readonly region: string
  readonly endpoint: URL
}

/** Where an installation listens when nothing else was configured. */
const DEFAULT_ENDPOINT = 'http://127.0.0.1:4566'

type Profile = ReadonlyMap<string, string>

/** Throws UsageError, saying what to give and how, when something is missing or unreadable. */
export async function identify(settings: CallSettings, env: Env, service: Service): Promise<CallIdentity> {
  const profile = await readProfile(settings.profile ?? env.AWS_PROFILE, env)
  const region = settings.region ?? env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? profile.get('region')
  if (!region) throw new UsageError('Which Region? Give --region, or set AWS_REGION.')
  const endpoint =
    settings.endpointUrl ??
    env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ??
    env.AWS_ENDPOINT_URL ??
    // One address serves every service.
    env.AWS_ENDPOINT_URL_KMS ??
    profile.get('endpoint_url') ??
    DEFAULT_ENDPOINT
  return {
    credentials: await credentialsFrom(settings, env, profile),
    region,
    endpoint: endpointUrl(endpoint),
  }
}

function endpointUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '') return url
  throw new UsageError(`'${text}' is no endpoint. It looks like ${DEFAULT_ENDPOINT}.`)
}

async function credentialsFrom(
  settings: CallSettings,
  env: Env,
  profile: Profile,
): Promise<SigningCredentials> {
  if (settings.accessKeyFile !== undefined) return readKeyFile(settings.accessKeyFile)
  // A profile that was asked for by name wins over keys in the environment, as with the AWS command line.
  const named = settings.profile !== undefined
  const fromEnv = credentials(env.AWS_ACCESS_KEY_ID, env.AWS_SECRET_ACCESS_KEY, env.AWS_SESSION_TOKEN)
  const fromProfile = credentials(
    profile.get('aws_access_key_id'),
    profile.get('aws_secret_access_key'),
    profile.get('aws_session_token'),
  )
  const found = named ? fromProfile : (fromEnv ?? fromProfile)
  if (found) return found
  throw new UsageError(
    'No access key. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give --profile or --access-key-file.',
  )
}

function credentials(id?: string, secret?: string, sessionToken?: string): SigningCredentials | undefined {
  if (!id || !secret) return undefined
  return sessionToken ? { id, secret, sessionToken } : { id, secret }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch {
    return undefined
  }
}

/**
 * An access key as it was downloaded:
 *
 *   Access key ID,Secret access key        or      {"AccessKeyId": "AKIA…", "SecretAccessKey": "…"}
 *   AKIA…,…
 */
async function readKeyFile(path: string): Promise<SigningCredentials> {
  const text = await readText(path)
  if (text === undefined) throw new UsageError(`The access key file '${path}' cannot be read.`)
  const [, id, secret] = parseKeyJson(text) ?? /^"?(\w{16,128})"?,"?([^\s",]+)"?\s*$/m.exec(text) ?? []
  const found = credentials(id, secret)
  if (!found) throw new UsageError(`'${path}' holds no access key: neither the downloaded .csv nor JSON.`)
  return found
}

function parseKeyJson(text: string): [string, string, string] | undefined {
  if (!text.trimStart().startsWith('{')) return undefined
  try {
    const { AccessKeyId, SecretAccessKey } = JSON.parse(text)
    return [text, String(AccessKeyId ?? ''), String(SecretAccessKey ?? '')]
  } catch {
    return undefined
  }
}

/** The named profile's settings from ~/.aws/config and ~/.aws/credentials; the default one may be missing. */
async function readProfile(name: string | undefined, env: Env): Promise<Profile> {
  const home = env.HOME ?? env.USERPROFILE ?? ''
  const config = await readText(env.AWS_CONFIG_FILE ?? join(home, '.aws', 'config'))
  const secrets = await readText(env.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials'))
  const wanted = name ?? 'default'
  const found = new Map([
    ...section(config, `profile ${wanted}`),
    ...section(config, wanted),
    ...section(secrets, wanted),
  ])
  if (name !== undefined && found.size === 0) throw new UsageError(`There is no profile '${name}'.`)
  return found
}

/** The `name = value` lines under one [heading] of an AWS configuration file. */
function section(text: string | undefined, heading: string): Map<string, string> {
  const found = new Map<string, string>()
  let inside = false
  for (const line of (text ?? '').split(/\r?\n/)) {
    const [, title] = /^\s*\[\s*(.+?)\s*\]/.exec(line) ?? []
    if (title !== undefined) inside = title === heading
    const [, name, value] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
    if (inside && name !== undefined && value !== undefined) found.set(name, value)
  }
  return found
}
