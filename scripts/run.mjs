/** node scripts/run.mjs FILE …: runs a TypeScript file under Keyhouse's Node, with everything installed. */
import { spawn } from 'node:child_process'
import { install } from './install.mjs'
import { Fault, forwardSignals, runMain } from './progress.mjs'
import { cleanEnvironment, findRuntime } from './runtime.mjs'

await runMain(async () => {
  const [file, ...args] = process.argv.slice(2)
  if (!file) throw new Fault('Which file? node scripts/run.mjs FILE …')
  const runtime = await findRuntime()
  await install(runtime, { build: false })
  const child = spawn(runtime.node, [file, ...args], { env: cleanEnvironment(), stdio: 'inherit' })
  forwardSignals(child)
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
})
