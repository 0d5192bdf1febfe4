import { count, formatDate, toDate } from '#lib/console/format.ts'
import { cn } from '../ui/class-names.ts'
import type { Material } from './materials.ts'

type MaterialSpineProps = {
  /** Oldest first; one that waits for its rotation has no beginning. */
  segments: readonly Material[]
  now: number
  /** The next automatic rotation, epoch seconds. */
  next: number | undefined
  /** Decrypts by material, where the log may be read. */
  decrypts?: ReadonlyMap<string, number> | undefined
  /** Days with decrypts of the last 30, by material. */
  days?: ReadonlyMap<string, readonly DayOfUse[]> | undefined
}

type DayOfUse = { readonly Day: string; readonly Decrypts: number }

const DAYS = 30
const DAY_SECONDS = 86_400
const TICK = 10

const day = (seconds: number) => formatDate(toDate(seconds)).replace(/ (\w{3})\w*/, ' $1')

function Bar({ material }: { material: Material }) {
  const style =
    material.importState === 'PENDING_IMPORT'
      ? 'border border-dotted border-brass-mark'
      : material.from === undefined
        ? 'border border-dashed border-line-strong'
        : material.state === 'CURRENT'
          ? 'bg-text2'
          : 'border border-line-strong bg-surface'
  return <div className={cn('h-3.5', style)} />
}

/** Of the last 30 days, a tick for each on which a material decrypted: high where it did so often. */
function Ticks({ days, most, now }: { days: readonly DayOfUse[]; most: number; now: number }) {
  const today = Math.floor(now / DAY_SECONDS)
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${DAYS} ${TICK}`}
      preserveAspectRatio="none"
      className="mt-0.5 block h-2.5 w-full text-text2"
    >
      {days.map(({ Day, Decrypts }) => {
        const ago = today - Math.floor(Date.parse(`${Day}T00:00:00Z`) / 1000 / DAY_SECONDS)
        const height = Math.max(2, (Decrypts / most) * TICK)
        return (
          <path
            key={Day}
            d={`M${DAYS - ago - 0.5} ${TICK}V${TICK - height}`}
            stroke="currentColor"
            strokeWidth={2}
            vectorEffect="non-scaling-stroke"
          />
        )
      })}
    </svg>
  )
}

/**
 * The rotation history as one strip: a segment per material, as long as it was current; the dashed ones are what waits
 * and what the schedule will bring, a dotted one has lost its bytes. Ticks under a segment are the last 30 days, in which it
 * decrypted. The table below says the same in words.
 */
export function MaterialSpine({ segments, now, next, decrypts, days }: MaterialSpineProps) {
  if (segments.length === 0) return null
  const first = segments[0]?.from ?? now
  const span = Math.max(1, (next ?? now) - first)
  const most = Math.max(1, ...[...(days?.values() ?? [])].flat().map(({ Decrypts }) => Decrypts))
  return (
    <div aria-hidden="true" className="mb-4 overflow-x-auto pb-1">
      <div className="flex min-w-max gap-[3px]">
        {segments.map((material, index) => {
          const until = segments[index + 1]?.from ?? now
          const uses = decrypts?.get(material.id)
          return (
            <div
              key={material.id}
              className="min-w-16"
              style={{ flexGrow: Math.max(0.001, (until - (material.from ?? now)) / span) }}
            >
              <Bar material={material} />
              {days && <Ticks days={days.get(material.id) ?? []} most={most} now={now} />}
              <p className="pe-2 pt-1 font-mono text-label text-text">{material.id.slice(0, 8)}</p>
              <p className="pe-2 text-label text-text3">
                {material.from === undefined ? 'waits' : day(material.from)}
              </p>
              {uses !== undefined && (
                <p className="pe-2 text-label text-text2">{count(uses, 'decrypt')}, 30 d</p>
              )}
            </div>
          )
        })}
        {next !== undefined && (
          <div className="min-w-24" style={{ flexGrow: Math.max(0.001, (next - now) / span) }}>
            <div className="h-3.5 border border-dashed border-line-strong" />
            {days && <div className="h-3" />}
            <p className="pt-1 text-end text-label text-text2">next rotation</p>
            <p className="text-end text-label text-text3">{day(next)}</p>
          </div>
        )}
      </div>
    </div>
  )
}
