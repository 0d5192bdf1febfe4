/** People of a world as callers of another engine of the same database. */
import { randomUUID } from 'node:crypto'
import { KmsError } from '#lib/domain/refusal.ts'
import type { Engine } from '#lib/engine/engine.ts'
import { type Answer, allOperations, type Person } from './world.ts'

export type Elsewhere = {
  readonly call: (operation: string, input?: object, channel?: object) => Promise<Answer>
  /** The code of the refusal, or undefined where it was not refused. */
  readonly refused: (operation: string, input?: object) => Promise<string | undefined>
}

export function callsOn(engine: Engine, { caller }: Person): Elsewhere {
  const call: Elsewhere['call'] = async (name, input = {}, channel = {}) => {
    const operation = allOperations.find(
      (entry) => entry.name === name || `${entry.service}.${entry.name}` === name,
    )
    if (!operation) throw new Error(`there is no operation ${name}`)
    const by = { ...caller, channel: { ...caller.channel, requestId: randomUUID(), ...channel } }
    const { output } = await engine.invoke(by, operation, input)
    return (output ?? {}) as Answer
  }
  return {
    call,
    refused: (name, input) =>
      call(name, input).then(
        () => undefined,
        (thrown) => {
          if (thrown instanceof KmsError) return thrown.code
          throw thrown
        },
      ),
  }
}
