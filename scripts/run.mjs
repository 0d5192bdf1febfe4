/** node scripts/run.mjs [--build] FILE …: runs a TypeScript file under Keyhouse's Node, with everything installed, or built. */
import { spawn } from 'node:child_process'
import { install } from './install.mjs'
import { Fault, forwardSignals, runMain } from './progress.mjs'
import { cleanEnvironment, findRuntime } from './runtime.mjs'

await runMain(async () => {
  const given = process.argv.slice(2)
  const build = given[0] === '--build'
  const [file, ...args] = build ? given.slice(1) : given
  if (!file) throw new Fault('Which file? node scripts/run.mjs [--build] FILE …')
  const runtime = await findRuntime()
  await install(runtime, { build })
  const child = spawn(runtime.node, [file, ...args], { env: cleanEnvironment(), stdio: 'inherit' })
  forwardSignals(child)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
})
