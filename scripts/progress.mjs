/** What a person sees while Keyhouse installs itself: one line a step, a sign of life, and the end of what failed. */
import { spawn } from 'node:child_process'

/** Something that a person can put right: printed without a stack. */
export class Fault extends Error {}

export function say(line) {
  process.stderr.write(`${line}\n`)
}

const SIGN_OF_LIFE_MS = 15_000
const LINES_OF_A_FAILURE = 40

/** Runs a program as one step; its output shows only if it fails. `advice` says what a person can do then. */
export async function step(title, { command, args, cwd, env, advice }) {
  say(`• ${title}`)
  const begun = Date.now()
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = []
  child.stdout.on('data', (part) => output.push(part))
  child.stderr.on('data', (part) => output.push(part))
  const seconds = () => Math.round((Date.now() - begun) / 1000)
  const signs = setInterval(() => say(`  … ${seconds()} s`), SIGN_OF_LIFE_MS)
  const stop = forwardSignals(child)
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output.push(Buffer.from(String(error.message)))
      resolve(1)
    })
    child.once('close', (status, signal) => resolve(signal ?? status))
  })
  clearInterval(signs)
  stop()
  if (code !== 0) {
    const lines = Buffer.concat(output).toString().trimEnd().split('\n').slice(-LINES_OF_A_FAILURE)
    throw new Fault(`${lines.join('\n')}\n\nThis step failed: ${title}.\n${advice}`)
  }
  say(`  done in ${seconds()} s`)
  return Buffer.concat(output).toString()
}

/** Hands SIGINT and SIGTERM on to a child instead of dying before it; gives how to stop doing so. */
export function forwardSignals(child) {
  const handlers = ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => {
    const forward = () => child.kill(name === 'SIGHUP' ? 'SIGTERM' : name)
    process.on(name, forward)
    return () => process.off(name, forward)
  })
  return () => {
    for (const remove of handlers) remove()
  }
}

/** Runs `main` and ends the process with its status; a Fault is a message, anything else a bug with its stack. */
export async function runMain(main) {
  try {
    process.exitCode = await main()
  } catch (error) {
    say(`\n${error instanceof Fault ? error.message : error.stack}`)
    process.exitCode = 1
  }
}
