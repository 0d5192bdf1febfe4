import { formatDate, toDate } from '#lib/console/format.ts'
import { cn } from '../ui/class-names.ts'

export type SpineSegment = {
  readonly id: string
  /** Epoch seconds when it became current. */
  readonly from: number
  readonly current: boolean
}

type MaterialSpineProps = {
  /** Oldest first. */
  segments: readonly SpineSegment[]
  now: number
  /** The next automatic rotation, epoch seconds. */
  next: number | undefined
}

const day = (seconds: number) => formatDate(toDate(seconds)).replace(/ (\w{3})\w*/, ' $1')

/**
 * The rotation history as one strip: a segment per material, as long as it was current; the dashed one is what the
 * schedule will bring. The table below says the same in words.
 */
export function MaterialSpine({ segments, now, next }: MaterialSpineProps) {
  const first = segments[0]
  if (!first) return null
  const span = Math.max(1, (next ?? now) - first.from)
  return (
    <div aria-hidden="true" className="mb-4 overflow-x-auto pb-1">
      <div className="flex min-w-max gap-[3px]">
        {segments.map((segment, index) => {
          const until = segments[index + 1]?.from ?? now
          return (
            <div
              key={segment.id}
              className="min-w-16"
              style={{ flexGrow: Math.max(0.001, (until - segment.from) / span) }}
            >
              <div
                className={cn('h-3.5', segment.current ? 'bg-text2' : 'border border-line-strong bg-surface')}
              />
              <p className="pe-2 pt-1 font-mono text-label text-text">{segment.id.slice(0, 8)}</p>
              <p className="pe-2 text-label text-text3">{day(segment.from)}</p>
            </div>
          )
        })}
        {next !== undefined && (
          <div className="min-w-24" style={{ flexGrow: Math.max(0.001, (next - now) / span) }}>
            <div className="h-3.5 border border-dashed border-line-strong" />
            <p className="pt-1 text-end text-label text-text2">next rotation</p>
            <p className="text-end text-label text-text3">{day(next)}</p>
          </div>
        )}
      </div>
    </div>
  )
}
