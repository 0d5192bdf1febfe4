/** What a load balancer asks: `GET /_keyhouse/live` and `GET /_keyhouse/ready`. No credentials, no details. */
import type { Door } from './door.ts'
import type { Answer } from './errors.ts'

const PROBE_EVERY_MS = 1_000

export type Health = { answer(path: string): Promise<Answer | undefined> }

export function newHealth(door: Pick<Door, 'live' | 'ready' | 'now'>): Health {
  let probe: { at: number; result: ReturnType<Door['ready']> } | undefined
  // Whoever asks, however often: readiness costs one probe a second (R72).
  const ready = () => {
    const now = door.now()
    if (!probe || Math.abs(now - probe.at) >= PROBE_EVERY_MS) {
      probe = { at: now, result: door.ready().catch(() => ({ ok: false, reason: 'The probe failed.' })) }
    }
    return probe.result
  }
  return {
    async answer(path) {
      if (path === '/_keyhouse/live') return json(door.live(), { live: door.live() })
      if (path !== '/_keyhouse/ready') return undefined
      const { ok, reason } = await ready()
      return json(ok, { ready: ok, reason })
    },
  }
}

function json(ok: boolean, body: object): Answer {
  return { status: ok ? 200 : 503, contentType: 'application/json', body: JSON.stringify(body) }
}
