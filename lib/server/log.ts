/** Structured logs: JSON lines for machines, coloured lines on a terminal. Fields are named by the caller; nothing is dumped. */
import { pino } from 'pino'
import pretty from 'pino-pretty'
import type { Log } from '#lib/engine/engine.ts'

export function openLog(options: { level: string; pretty: boolean; name: string }): Log {
  const settings = { level: options.level, name: options.name, base: null }
  if (!options.pretty) return pino(settings, pino.destination({ dest: 2, sync: true }))
  return pino(
    settings,
    pretty({ destination: 2, sync: true, ignore: 'pid,hostname,name', translateTime: 'SYS:HH:MM:ss' }),
  )
}
