import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasEnded, keepChild, type Recipe, startChild, stopChild } from './child.ts'
import { endProcess, identityOf, isRunning } from './process-identity.ts'
import { stopOrder } from './stop-order.ts'
import { forgetProcesses, leftovers, readWhere, writeWhere } from './where.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyhouse processes '))
})
afterEach(() => rmSync(folder, { recursive: true }))

const program = (text: string, more: Partial<Recipe> = {}): Recipe => ({
  name: 'program',
  command: [process.execPath, '--input-type=module', '-e', text],
  folder,
  handover: 'a secret',
  patience: 2000,
  ...more,
})
const ECHO = `import fs from 'node:fs'; fs.writeSync(4, fs.readFileSync(3, 'utf8') + '\\n'); setInterval(() => {}, 1000)`

describe('a process', () => {
  it('is known by its number and its start', async () => {
    const child = spawn('sleep', ['60'])
    const identity = identityOf(child.pid!)!
    expect(isRunning(identity)).toBe(true)
    expect(isRunning({ ...identity, started: 'another boot/1' })).toBe(false)
    await endProcess(identity, 1000)
    expect(isRunning(identity)).toBe(false)
  })

  it('with the same number and another start is left alone', async () => {
    const child = spawn('sleep', ['60'])
    await endProcess({ pid: child.pid!, started: 'another boot/1' }, 0)
    expect(identityOf(child.pid!)).toBeDefined()
    child.kill('SIGKILL')
  })

  it('that does not listen is ended all the same', async () => {
    const child = spawn(process.execPath, [
      '-e',
      "process.on('SIGTERM', () => {}); console.log(1); setInterval(() => {}, 1000)",
    ])
    await once(child.stdout, 'data')
    const identity = identityOf(child.pid!)!
    await endProcess(identity, 200)
    expect(isRunning(identity)).toBe(false)
  })
})

describe('a child', () => {
  it('reads its handover on descriptor 3 and answers on 4', async () => {
    const running = startChild(program(ECHO))
    expect(await running.answer).toBe('a secret')
    await stopChild(running.process, 2000)
    expect(hasEnded(running.process)).toBe(true)
  })

  it('that ends without a word answers nothing', async () => {
    expect(await startChild(program('process.exit(3)')).answer).toBeUndefined()
  })

  it.runIf(process.platform === 'linux')(
    'leaves no core and sees no environment that changes Node',
    async () => {
      process.env.NODE_OPTIONS = '--no-warnings'
      process.env.DATABASE_URL = 'postgresql://u:hunter2@h/d'
      const running = startChild(program(ECHO))
      await running.answer
      expect(readFileSync(`/proc/${running.pid}/limits`, 'utf8')).toMatch(/Max core file size\s+0\s+0/)
      const environment = readFileSync(`/proc/${running.pid}/environ`, 'utf8')
      expect(environment).not.toMatch(/NODE_OPTIONS|hunter2|a secret/)
      expect(readFileSync(`/proc/${running.pid}/cmdline`, 'utf8')).not.toContain('a secret')
      delete process.env.NODE_OPTIONS
      delete process.env.DATABASE_URL
      await stopChild(running.process, 2000)
    },
  )

  it('that is killed is started again, and not after it was stopped', async () => {
    const recipe = program(ECHO)
    const first = startChild(recipe)
    await first.answer
    const again = Promise.withResolvers<number>()
    const kept = keepChild(recipe, first, {
      warn: () => {},
      started: (running) => again.resolve(running.pid),
    })
    process.kill(first.pid, 'SIGKILL')
    const second = await again.promise
    expect(second).not.toBe(first.pid)
    expect(kept.pid()).toBe(second)
    await kept.stop()
    expect(identityOf(second)).toBeUndefined()
  })

  it('that ends with a meaning is started again at once, after what it meant, and without a warning', async () => {
    const recipe = program(
      "import fs from 'node:fs'; fs.writeSync(4, 'up\\n'); setTimeout(() => process.exit(86), 50)",
    )
    const first = startChild(recipe)
    await first.answer
    const again = Promise.withResolvers<void>()
    const said: string[] = []
    const kept = keepChild(recipe, first, {
      warn: (message) => said.push(message),
      started: () => again.resolve(),
      ended: async (status) => said.push(`ended with ${status}`) === 1,
    })
    await again.promise
    await kept.stop()
    expect(said).toEqual(['ended with 86'])
  })
})

describe('stopping', () => {
  it('undoes the last first, and goes on past what fails', async () => {
    const done: string[] = []
    const order = stopOrder((warning) => done.push(warning))
    order.add('first', () => void done.push('first'))
    order.add('second', () => {
      throw new Error('stuck')
    })
    order.add('third', async () => void done.push('third'))
    await Promise.all([order.run(Promise.resolve()), order.run(Promise.resolve())])
    expect(done).toEqual(['third', 'stopping second failed: stuck', 'first'])
  })

  it('waits for a start that is under way and undoes what it still began', async () => {
    const done: string[] = []
    const order = stopOrder(() => {})
    const start = Promise.withResolvers<void>()
    const stopped = order.run(start.promise)
    expect(() => order.goOn()).toThrow('stopped while starting')
    order.add('late', () => void done.push('late'))
    start.reject(new Error('stopped while starting'))
    await stopped
    expect(done).toEqual(['late'])
  })
})

describe('where.json', () => {
  it('says what runs, forgets it, and is for its owner alone', () => {
    const path = join(folder, 'where.json')
    const engine = { pid: 12, started: 'x' }
    writeWhere(path, { version: 1, installation: 'abc', state: folder, engine })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(leftovers(readWhere(path)!)).toEqual([engine])
    forgetProcesses(path)
    expect(readWhere(path)).toEqual({ version: 1, installation: 'abc', state: folder })
  })

  it.each([
    ['is half a file', '{"version": 1, "inst'],
    [
      'names a process by nothing',
      '{"version":1,"installation":"a","state":"/","engine":{"pid":0,"started":"x"}}',
    ],
    ['comes from another version', '{"version":2,"installation":"a","state":"/"}'],
  ])('that %s is not believed', (_, text) => {
    const path = join(folder, 'where.json')
    writeFileSync(path, text)
    expect(readWhere(path)).toBeUndefined()
  })
})
