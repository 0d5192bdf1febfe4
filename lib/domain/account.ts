/**
 * Accounts and the people in them: what their names may be. The database repeats the hard ones as constraints;
 * forms, the seed file and first run read them here.
 */
import { z } from 'zod'
import { partitionOf } from './arn.ts'

export const ACCOUNT_ID = /^[0-9]{12}$/
export const USER_NAME = /^[A-Za-z0-9_+=,.@-]{1,64}$/
export const ACCESS_KEY_ID = /^[A-Z0-9]{16,128}$/
const ACCOUNT_ALIAS = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/
const REGION = /^[a-z]{2}(?:-[a-z]+){1,3}-[0-9]{1,2}$/

/** First segments of the console's addresses: an account's alias stands in the same place, so it cannot be one. */
export const RESERVED_ALIASES: ReadonlySet<string> = new Set([
  'access',
  'accounts',
  'api',
  'arn',
  'auth',
  'connect',
  'console',
  'favicon',
  'first-run',
  'health',
  'help',
  'identities',
  'keyhouse',
  'labs',
  'legal',
  'public',
  'settings',
  'setup',
  'sign-in',
  'sign-out',
  'static',
])

export const accountId = () =>
  z.string({ error: 'must be text: write the account id in quotes' }).regex(ACCOUNT_ID, 'must be 12 digits')

export const accountAlias = () =>
  z
    .string({ error: 'must be text' })
    .regex(
      ACCOUNT_ALIAS,
      'must have 3 to 63 lower-case letters, digits and hyphens, and no hyphen at either end',
    )
    .refine((alias) => !ACCOUNT_ID.test(alias), 'must not look like an account id')
    .refine((alias) => !RESERVED_ALIASES.has(alias), 'is a word the console uses in its addresses')

export const regionName = () =>
  z.string({ error: 'must be text' }).regex(REGION, 'must be the name of a Region, such as eu-west-1')

/** At least one Region, each once, all of one partition: an account belongs to exactly one. */
export const regionNames = () =>
  z
    .array(regionName(), { error: 'must be a list of Regions' })
    .min(1, 'must name at least one Region')
    .max(64, 'must name at most 64 Regions')
    .refine((names) => new Set(names).size === names.length, 'names a Region twice')
    .refine((names) => new Set(names.map(partitionOf)).size <= 1, 'mixes Regions of different partitions')

export const userName = () =>
  z.string({ error: 'must be text' }).regex(USER_NAME, 'must have 1 to 64 letters, digits and _+=,.@-')

/** How an identifier is looked up, counted and logged: made once, before anything else looks at it (R89). */
export const canonicalName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

/** Regions offered at first run, in the order of a list. Any other well-formed name can be given by a seed. */
export const REGIONS = [
  { name: 'us-east-1', label: 'US East (N. Virginia)' },
  { name: 'us-east-2', label: 'US East (Ohio)' },
  { name: 'us-west-1', label: 'US West (N. California)' },
  { name: 'us-west-2', label: 'US West (Oregon)' },
  { name: 'ca-central-1', label: 'Canada (Central)' },
  { name: 'sa-east-1', label: 'South America (São Paulo)' },
  { name: 'eu-central-1', label: 'Europe (Frankfurt)' },
  { name: 'eu-west-1', label: 'Europe (Ireland)' },
  { name: 'eu-west-2', label: 'Europe (London)' },
  { name: 'eu-west-3', label: 'Europe (Paris)' },
  { name: 'eu-north-1', label: 'Europe (Stockholm)' },
  { name: 'eu-south-1', label: 'Europe (Milan)' },
  { name: 'af-south-1', label: 'Africa (Cape Town)' },
  { name: 'me-south-1', label: 'Middle East (Bahrain)' },
  { name: 'ap-south-1', label: 'Asia Pacific (Mumbai)' },
  { name: 'ap-northeast-1', label: 'Asia Pacific (Tokyo)' },
  { name: 'ap-northeast-2', label: 'Asia Pacific (Seoul)' },
  { name: 'ap-southeast-1', label: 'Asia Pacific (Singapore)' },
  { name: 'ap-southeast-2', label: 'Asia Pacific (Sydney)' },
] as const
