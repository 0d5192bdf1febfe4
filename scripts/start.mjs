/**
 * npm start: looks at the machine, installs and builds what is missing or stale, then hands over to
 * lib/server/supervisor.ts under Node 24. Runs on Node 18 and newer, and on nothing but Node's own modules.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { install, packagesAreInstalled } from './install.mjs'
import { preflight } from './preflight.mjs'
import { forwardSignals, runMain } from './progress.mjs'
import { CHECKOUT, cleanEnvironment, findRuntime } from './runtime.mjs'

const development = process.argv.includes('--dev')

/** True where this installation runs already: nothing may be rebuilt beneath it, and the supervisor says so. */
function seemsToRun() {
  try {
    const home = resolve(process.env.KEYHOUSE_HOME || join(CHECKOUT, '.keyhouse'))
    const { supervisor } = JSON.parse(readFileSync(join(home, 'where.json'), 'utf8'))
    if (process.platform !== 'linux') return process.kill(supervisor.pid, 0)
    // The number may belong to another program since the machine restarted.
    return readFileSync(`/proc/${supervisor.pid}/cmdline`, 'utf8').includes('supervisor.ts')
  } catch {
    return false
  }
}

function supervise(node) {
  const args = [join(CHECKOUT, 'lib', 'server', 'supervisor.ts'), ...(development ? ['--dev'] : [])]
  // The channel tells the supervisor when we are gone, however we went.
  const child = spawn(node, args, {
    env: cleanEnvironment(),
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  forwardSignals(child)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}

await runMain(async () => {
  const running = seemsToRun()
  if (!running && !packagesAreInstalled()) await preflight()
  const runtime = await findRuntime()
  if (!running) await install(runtime, { build: !development })
  return supervise(runtime.node)
})
