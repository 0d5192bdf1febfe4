/**
 * How each child is started: its command, what it may do, what it is told. Nothing secret is in a command line or an
 * environment, which tools show.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import type { Recipe } from './child.ts'
import type { Configuration } from './configuration.ts'
import type { ConsolePlace } from './console-place.ts'
import type { EngineSettings } from './engine-settings.ts'
import type { OperatingUser } from './operating-user.ts'
import type { prepareSettings } from './prepare-main.ts'

// No debugger by signal (R31); NODE_OPTIONS is not handed on at all.
const HARDENED = ['--disable-sigusr1'] as const

const STOP_CONSOLE_MS = 5_000
// The engine finishes what is under way within ten seconds (R76), and then closes its connections.
const STOP_ENGINE_MS = 15_000

const ours = (checkout: string, file: string) => join(checkout, 'lib', 'server', file)

/** Where the code is, and where what Node compiled of it may be kept: beside the root key, so as well guarded. */
export type Program = { readonly checkout: string; readonly home: string }

const compiled = (home: string) => ({ NODE_COMPILE_CACHE: join(home, 'compiled') })

export function prepareRecipe(
  { checkout, home }: Program,
  settings: z.infer<typeof prepareSettings>,
): Recipe {
  return {
    name: 'preparation of the database',
    command: [process.execPath, ...HARDENED, ours(checkout, 'prepare-main.ts')],
    folder: checkout,
    environment: compiled(home),
    handover: JSON.stringify(settings),
    patience: STOP_CONSOLE_MS,
  }
}

// Young objects of a request die young: more room for them would only be resident memory, some 100 MB of it under load.
const SMALL_NURSERY = '--max-semi-space-size=8'

export function engineRecipe({ checkout, home }: Program, settings: EngineSettings): Recipe {
  const lifeline = `--import=${new URL('lifeline.ts', import.meta.url).href}`
  return {
    name: 'engine',
    command: [process.execPath, ...HARDENED, SMALL_NURSERY, lifeline, ours(checkout, 'engine-main.ts')],
    folder: checkout,
    environment: compiled(home),
    handover: JSON.stringify(settings),
    patience: STOP_ENGINE_MS,
  }
}

export type ConsoleFacts = {
  readonly configuration: Configuration
  readonly deskSocket: string
  readonly channelSecret: string
}

function consoleParts(facts: ConsoleFacts) {
  const { configuration } = facts
  return {
    name: 'console',
    handover: facts.channelSecret,
    patience: STOP_CONSOLE_MS,
    environment: {
      HOSTNAME: configuration.consoleListen.host,
      PORT: String(configuration.consoleListen.port),
      KEYHOUSE_CONSOLE_URL: configuration.consoleUrl,
      KEYHOUSE_DESK_SOCKET: facts.deskSocket,
      NEXT_TELEMETRY_DISABLED: '1',
    },
  }
}

/** The built console: it reads its own folder and nothing else, as a user of its own where we are root. */
export function consoleRecipe(
  place: ConsolePlace,
  user: OperatingUser | undefined,
  facts: ConsoleFacts,
): Recipe {
  const { tls } = facts.configuration
  const greeting = tls
    ? { tls: { cert: readFileSync(tls.certificate, 'utf8'), key: readFileSync(tls.key, 'utf8') } }
    : {}
  const permissions = ['--permission', `--allow-fs-read=${place.folder}`]
  return {
    ...consoleParts(facts),
    // Next's greeting is not ours.
    quiet: true,
    command: [place.node, ...HARDENED, ...permissions, join(place.folder, 'console-main.mjs')],
    folder: place.folder,
    user,
    greeting: `${JSON.stringify(greeting)}\n`,
  }
}

/** Next in development: compiles as pages are asked for, with our own rights. */
export function developmentConsoleRecipe(checkout: string, facts: ConsoleFacts): Recipe {
  const parts = consoleParts(facts)
  return {
    ...parts,
    environment: { ...parts.environment, NODE_ENV: 'development' },
    command: [process.execPath, ours(checkout, 'console-main.mjs')],
    folder: checkout,
    greeting: `${JSON.stringify({ development: checkout })}\n`,
  }
}
