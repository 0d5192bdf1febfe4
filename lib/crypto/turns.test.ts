import { expect, it } from 'vitest'
import { turns } from './turns.ts'

/** Work that ends when told to, and how much of it runs. */
function stage() {
  const running: (() => void)[] = []
  const work = () => new Promise<void>((resolve) => running.push(resolve))
  const finishOne = async () => {
    running.shift()?.()
    await new Promise(setImmediate)
  }
  return { running, work, finishOne }
}

it('runs so many at a time, and the others in order', async () => {
  const inTurn = turns({ running: 2, waiting: 10 })
  const { running, work, finishOne } = stage()
  const finished: number[] = []
  const all = [0, 1, 2, 3, 4].map((n) => inTurn(work).then(() => finished.push(n)))
  for (const left of [2, 2, 2, 2, 1]) {
    expect(running.length).toBe(left)
    await finishOne()
  }
  await Promise.all(all)
  expect(finished).toEqual([0, 1, 2, 3, 4])
})

it('refuses what would wait too long', async () => {
  const inTurn = turns({ running: 1, waiting: 1 })
  const { work, finishOne } = stage()
  const accepted = [inTurn(work), inTurn(work)]
  await expect(inTurn(work)).rejects.toMatchObject({ code: 'ThrottlingException' })
  await finishOne()
  await finishOne()
  await Promise.all(accepted)
})

it('gives the turn on when work fails', async () => {
  const inTurn = turns({ running: 1, waiting: 5 })
  const failing = inTurn(() => Promise.reject(new Error('no')))
  const next = inTurn(async () => 'done')
  await expect(failing).rejects.toThrow('no')
  expect(await next).toBe('done')
  expect(await inTurn(async () => 'again')).toBe('again')
})
