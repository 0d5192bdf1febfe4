/**
 * The settings of the identity provider that people may sign in with (docs/sign-in-with-oidc.md): five that belong
 * together. The client's secret is in a file, so that it is in no environment. Read by configuration.ts alone.
 */
import { resolve } from 'node:path'
import { z } from 'zod'
import { parseArn } from '#lib/domain/arn.ts'
import { isLoopback } from './listen-address.ts'

const ISSUER_FAULT =
  'must be the https address of an issuer without a port and without a slash at the end, like https://login.example.com/realms/staff; http and a port only on this machine'

/** As identity providers are named (lib/iam/provider-names.ts). */
function isIssuer(text: string): boolean {
  const url = URL.parse(text)
  if (!url || /[?#@]|\/$/.test(text)) return false
  const written = url.pathname === '/' ? url.origin : url.origin + url.pathname
  if (written !== text) return false
  const local = isLoopback(url.hostname) && !url.hostname.startsWith('[')
  return local ? url.protocol === 'http:' : url.protocol === 'https:' && url.port === ''
}

const isRole = (text: string) => {
  const arn = parseArn(text)
  return arn?.service === 'iam' && /^\d{12}$/.test(arn.account) && /^role\/./.test(arn.resource)
}

export const OIDC_SETTINGS = {
  KEYHOUSE_OIDC_ISSUER: z.string().refine(isIssuer, { error: ISSUER_FAULT }).optional(),
  KEYHOUSE_OIDC_CLIENT_ID: z.string().max(255, { error: 'must have at most 255 characters' }).optional(),
  KEYHOUSE_OIDC_CLIENT_SECRET_FILE: z
    .string()
    .transform((text) => resolve(text))
    .optional(),
  KEYHOUSE_OIDC_ROLE: z
    .string()
    .refine(isRole, { error: 'must be the ARN of a role, like arn:aws:iam::111122223333:role/staff' })
    .optional(),
  KEYHOUSE_OIDC_NAME: z
    .string()
    .trim()
    .min(1, { error: 'must name the provider' })
    .max(40, { error: 'must have at most 40 characters: it stands on a button' })
    .optional(),
}

type OidcSettings = { readonly [Name in keyof typeof OIDC_SETTINGS]?: string | undefined }

/** All or none. */
export function oidcFaults(settings: OidcSettings): string[] {
  const names = Object.keys(OIDC_SETTINGS).filter((name): name is keyof OidcSettings => name in OIDC_SETTINGS)
  const missing = names.filter((name) => settings[name] === undefined)
  if (missing.length === 0 || missing.length === names.length) return []
  const [verb, them] = missing.length === 1 ? ['is', 'it'] : ['are', 'them']
  return [
    `${missing.join(', ')} ${verb} not set: the five KEYHOUSE_OIDC_ settings belong together. Set ${them}, or none of the five.`,
  ]
}

export function oidcOf(settings: OidcSettings) {
  const {
    KEYHOUSE_OIDC_ISSUER: issuer,
    KEYHOUSE_OIDC_CLIENT_ID: clientId,
    KEYHOUSE_OIDC_CLIENT_SECRET_FILE: clientSecretPath,
    KEYHOUSE_OIDC_ROLE: role,
    KEYHOUSE_OIDC_NAME: name,
  } = settings
  if (!issuer || !clientId || !clientSecretPath || !role || !name) return undefined
  return { issuer, clientId, clientSecretPath, role, name }
}
