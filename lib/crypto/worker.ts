/**
 * The thread that does the jobs, one at a time, after its self-test (R27). It keeps nothing: bytes it was given
 * are its own, and wiped; bytes it gives are handed over, not copied.
 */
import { parentPort } from 'node:worker_threads'
import { JOBS } from './worker-jobs.ts'
import type { Answer, Question } from './worker-pool.ts'
import { workerSelfTest } from './worker-self-test.ts'

/** A result in memory of its own, which can be handed over whole. */
function owned(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer } = bytes
  if (buffer instanceof ArrayBuffer && buffer.byteLength === bytes.length) return new Uint8Array(buffer)
  const copy = new Uint8Array(bytes)
  bytes.fill(0)
  return copy
}

function wipeBytes(input: object): void {
  for (const value of Object.values(input)) {
    if (value instanceof Uint8Array) value.fill(0)
    else if (typeof value === 'object' && value !== null && 'bytes' in value) wipeBytes(value)
  }
}

function answerOf({ name, input }: Question): Answer {
  try {
    // The pool's type pairs each name with its input; here they are one value again.
    const job = JOBS[name] as (input: object) => Uint8Array | boolean | undefined
    return { done: true, result: job(input) }
  } catch (error) {
    return { done: false, reason: error instanceof Error ? error.message : 'unknown' }
  } finally {
    wipeBytes(input)
  }
}

// What throws here ends the thread, and fails the job that it was started for.
workerSelfTest()

parentPort?.on('message', (question: Question) => {
  const answer = answerOf(question)
  if (!answer.done || !(answer.result instanceof Uint8Array)) return parentPort?.postMessage(answer)
  const result = owned(answer.result)
  parentPort?.postMessage({ done: true, result } satisfies Answer, [result.buffer])
})
