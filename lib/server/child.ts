/**
 * One child of the supervisor: started with a clean environment and a document on descriptor 3, known by its first
 * answer or by a probe, started again when it dies, stopped in time.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnvironment } from './configuration.ts'
import type { OperatingUser } from './operating-user.ts'

export type Recipe = {
  readonly name: string
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]]
  readonly folder: string
  readonly environment?: Readonly<Record<string, string>>
  readonly user?: OperatingUser | undefined
  /** Written to descriptor 3, which is closed after it. */
  readonly handover: string
  /** Written to standard input, which stays open until the supervisor ends. */
  readonly greeting?: string
  /** Whether what it prints is for people; its complaints always are. */
  readonly quiet?: boolean
  /** Milliseconds between SIGTERM and SIGKILL. */
  readonly patience: number
}

export type Running = {
  readonly pid: number
  readonly process: ChildProcess
  /** The first line of descriptor 4; undefined where the child ended before it said anything. */
  readonly answer: Promise<string | undefined>
}

// 0 as soft and hard limit: a core file would hold every key in memory (R31). exec keeps the process number.
const WITHOUT_CORE = ['/bin/sh', '-c', 'ulimit -c 0; exec "$0" "$@"'] as const

/** Starts the child. What it prints goes where ours goes. */
export function startChild(recipe: Recipe): Running {
  const [program, ...rest] =
    process.platform === 'win32' ? recipe.command : ([...WITHOUT_CORE, ...recipe.command] as const)
  const child = spawn(program, rest, {
    ...recipe.user,
    cwd: recipe.folder,
    env: childEnvironment(recipe.environment),
    stdio: ['pipe', recipe.quiet ? 'ignore' : 'inherit', 'inherit', 'pipe', 'pipe'],
    // A process group of its own: Ctrl-C in a terminal reaches the supervisor alone, which stops things in order.
    detached: true,
  })
  // A program that cannot be started ends without an answer, and that is what is looked at.
  child.on('error', () => {})
  writeTo(child, 0, recipe.greeting ?? '', false)
  writeTo(child, 3, recipe.handover, true)
  return { pid: child.pid ?? 0, process: child, answer: firstLine(child) }
}

function writeTo(child: ChildProcess, descriptor: number, text: string, close: boolean): void {
  // stdio above makes 0 and 3 pipes into the child.
  const pipe = child.stdio[descriptor] as Writable
  pipe.on('error', () => {})
  if (text) pipe.write(text)
  if (close) pipe.end()
}

async function firstLine(child: ChildProcess): Promise<string | undefined> {
  // stdio above makes 4 a pipe out of the child.
  const pipe = child.stdio[4] as Readable
  let text = ''
  for await (const part of pipe.setEncoding('utf8')) {
    text += part
    if (text.includes('\n')) break
  }
  return text.split('\n')[0] || undefined
}

export function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null || child.pid === undefined
}

/** Asks the child to end, insists after its patience, returns when it is gone. */
export async function stopChild(child: ChildProcess, patience: number): Promise<void> {
  if (hasEnded(child)) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const insist = setTimeout(() => child.kill('SIGKILL'), patience)
  await ended
  clearTimeout(insist)
}

export type Kept = {
  pid(): number
  /** Ends it and starts it anew, without counting as a failure. */
  restart(): void
  stop(): Promise<void>
}

const LONGEST_PAUSE_MS = 10_000
// Who ran this long was well: the next failure is a new one.
const WELL_AFTER_MS = 60_000

/** Keeps a child that has started: starts it again, at growing intervals, whenever it ends. */
export function keepChild(
  recipe: Recipe,
  first: Running,
  on: {
    readonly warn: (message: string) => void
    readonly started: (running: Running) => void
    /** Told how it ended; true when that was meant, once what was meant by it is done. */
    readonly ended?: (status: number | null) => Promise<boolean>
  },
): Kept {
  let current = first
  let stopping = false
  let wanted = false
  const watch = async (): Promise<void> => {
    for (let pause = 200; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const begun = performance.now()
      if (!hasEnded(current.process)) await once(current.process, 'exit')
      if (stopping) return
      if (await on.ended?.(current.process.exitCode)) wanted = true
      if (stopping) return
      if (!wanted) {
        if (performance.now() - begun > WELL_AFTER_MS) pause = 200
        on.warn(`the ${recipe.name} ended (${endOf(current.process)}); starting it again`)
        await sleep(pause)
        if (stopping) return
      }
      wanted = false
      current = startChild(recipe)
      on.started(current)
    }
  }
  void watch()
  return {
    pid: () => current.pid,
    restart: () => {
      wanted = true
      current.process.kill('SIGTERM')
    },
    stop: async () => {
      stopping = true
      await stopChild(current.process, recipe.patience)
    },
  }
}

/** How a child ended, in words. */
export function endOf(child: ChildProcess): string {
  return child.signalCode ? `signal ${child.signalCode}` : `status ${child.exitCode}`
}
