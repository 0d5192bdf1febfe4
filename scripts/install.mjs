/** What must be there before Keyhouse runs: packages, the Prisma client, the console's build. Each only when stale. */
import { copyFileSync, cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Fault, step } from './progress.mjs'
import { CHECKOUT, cleanEnvironment } from './runtime.mjs'
import { fresh, requireWritable, stamp } from './stamps.mjs'

const at = (...parts) => join(CHECKOUT, ...parts)

const PACKAGES = [at('package.json'), at('package-lock.json')]
const CLIENT = [...PACKAGES, at('prisma', 'schema.prisma'), at('prisma.config.ts')]
const CONSOLE = [
  ...PACKAGES,
  ...['app', 'components', 'public', 'lib/console', 'lib/domain', 'lib/server/console-main.mjs'].map((path) =>
    at(path),
  ),
  ...['next.config.js', 'postcss.config.mjs', 'tailwind.config.ts', 'proxy.ts', 'instrumentation.ts'].map(
    (path) => at(path),
  ),
]

export function packagesAreInstalled() {
  return fresh('packages', PACKAGES, CHECKOUT)
}

async function packages({ node, npm }) {
  if (packagesAreInstalled()) return
  requireWritable(CHECKOUT)
  await step('installing packages (about 1 GB; a minute or two)', {
    command: node,
    // No script of any package runs, and what tests and the build need comes even where NODE_ENV says production.
    args: [
      npm,
      'ci',
      '--ignore-scripts',
      '--include=dev',
      '--include=optional',
      '--no-audit',
      '--no-fund',
      '--loglevel=error',
    ],
    cwd: CHECKOUT,
    env: cleanEnvironment(),
    advice:
      'If the registry cannot be reached, check the network. If the disk is full, make room. Then start again.',
  })
  stamp('packages', PACKAGES, CHECKOUT)
}

async function prismaClient({ node }) {
  if (fresh('client', CLIENT, CHECKOUT) && existsSync(at('lib', 'store', 'generated', 'client.ts'))) return
  requireWritable(CHECKOUT)
  await step('generating the database client', {
    command: node,
    args: [at('node_modules', 'prisma', 'build', 'index.js'), 'generate'],
    cwd: CHECKOUT,
    // Prisma insists on an engine that generating never uses, and would download it. Any program that exists will do.
    env: cleanEnvironment({
      PRISMA_SCHEMA_ENGINE_BINARY: node,
      PRISMA_HIDE_UPDATE_MESSAGE: '1',
      CHECKPOINT_DISABLE: '1',
    }),
    advice: 'Is prisma/schema.prisma as it was checked in?',
  })
  stamp('client', CLIENT, CHECKOUT)
}

async function consoleBuild({ node }) {
  const standalone = at('.next', 'standalone')
  if (fresh('console', CONSOLE, CHECKOUT) && existsSync(join(standalone, 'server.js'))) return
  requireWritable(CHECKOUT)
  rmSync(standalone, { recursive: true, force: true })
  await step('building the console (under a minute)', {
    command: node,
    args: [at('node_modules', 'next', 'dist', 'bin', 'next'), 'build'],
    cwd: CHECKOUT,
    env: cleanEnvironment({ NODE_ENV: 'production' }),
    advice: 'The lines above come from `next build`.',
  })
  if (!existsSync(join(standalone, 'server.js')))
    throw new Fault(`next build made no ${standalone}/server.js.`)
  completeStandalone(standalone)
  stamp('console', CONSOLE, CHECKOUT)
}

/** Next leaves it to us to put beside its server what browsers fetch; and our own main program goes there too. */
function completeStandalone(standalone) {
  cpSync(at('.next', 'static'), join(standalone, '.next', 'static'), { recursive: true })
  if (existsSync(at('public'))) cpSync(at('public'), join(standalone, 'public'), { recursive: true })
  copyFileSync(at('lib', 'server', 'console-main.mjs'), join(standalone, 'console-main.mjs'))
}

/** Everything that `what` needs, in order: { build: false } leaves the console's build out. */
export async function install(runtime, { build }) {
  await packages(runtime)
  await prismaClient(runtime)
  if (build) await consoleBuild(runtime)
}
