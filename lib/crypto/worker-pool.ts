/**
 * Two threads for work that would hold up the event loop (R26), started when they are first needed. Each does one
 * job at a time; a bounded queue waits for them. A thread that dies fails its job and is replaced by the next.
 */
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { turns } from './turns.ts'
import type { JobName, Jobs } from './worker-jobs.ts'

export type Question = { readonly name: JobName; readonly input: object }
export type Answer =
  | { readonly done: true; readonly result: Uint8Array | boolean | undefined }
  | { readonly done: false; readonly reason: string }

const SIZE = Math.min(2, availableParallelism())
/** At 15 ms for the slowest job a full queue is two seconds: R56 gives up on a result after that. */
const WAITING = 256

const inTurn = turns({ running: SIZE, waiting: WAITING })
const alive = new Set<Worker>()
const idle: Worker[] = []

function start(): Worker {
  // No flag and no variable of this process is of use there.
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], env: {} })
  alive.add(worker)
  // An idle thread that fails has no one to tell; that it is gone is all that matters.
  worker.on('error', () => {})
  worker.on('exit', () => {
    alive.delete(worker)
    const at = idle.indexOf(worker)
    if (at >= 0) idle.splice(at, 1)
  })
  return worker
}

/**
 * The same input with every array of bytes copied into memory of its own, and that memory: posted, it is handed
 * over, and the worker wipes it. What the caller owns stays the caller's.
 */
function handOver(input: object): { input: object; memory: ArrayBuffer[] } {
  const memory: ArrayBuffer[] = []
  const copied = (value: unknown): unknown => {
    if (value instanceof Uint8Array) {
      const copy = new Uint8Array(value)
      memory.push(copy.buffer)
      return copy
    }
    return isPlain(value) ? entries(value) : value
  }
  const entries = (of: object) =>
    Object.fromEntries(Object.entries(of).map(([name, value]) => [name, copied(value)]))
  return { input: entries(input), memory }
}

/** An object that is only a group of values; a KeyObject is not. */
const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

function ask(worker: Worker, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      worker.off('message', answered)
      worker.off('error', failed)
      worker.off('exit', gone)
      worker.unref()
      act()
    }
    const answered = (answer: Answer) => settle(() => resolve(answer))
    const failed = (error: Error) => settle(() => reject(error))
    const gone = () => settle(() => reject(new Error('a worker thread ended in the middle of a job')))
    worker.on('message', answered)
    worker.on('error', failed)
    worker.on('exit', gone)
    // Only a job keeps the process alive.
    worker.ref()
    const { input, memory } = handOver(question.input)
    worker.postMessage({ name: question.name, input } satisfies Question, memory)
  })
}

/**
 * Does a job in a worker. Bytes in the input are copied; bytes in the result are the caller's to wipe. Throws
 * ThrottlingException when too many wait, Error when the job or its thread fails.
 */
export async function inWorker<N extends JobName>(
  name: N,
  input: Parameters<Jobs[N]>[0],
): Promise<ReturnType<Jobs[N]>> {
  return inTurn(async () => {
    const worker = idle.pop() ?? start()
    const answer = await ask(worker, { name, input })
    if (alive.has(worker)) idle.push(worker)
    if (!answer.done) throw new Error(`${name} failed in its worker: ${answer.reason}`)
    // The worker ran the job of this name, so this is its result.
    return answer.result as ReturnType<Jobs[N]>
  })
}

/** Ends the threads, for a clean stop. A job in one of them fails; the next job starts another. */
export async function closeWorkers(): Promise<void> {
  await Promise.all([...alive].map((worker) => worker.terminate()))
}
