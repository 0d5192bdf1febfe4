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
}

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

/**
 * The rotation history as one strip: a segment per material, as long as it was current; the dashed ones are what waits
 * and what the schedule will bring, a dotted one has lost its bytes. The table below says the same in words.
 */
export function MaterialSpine({ segments, now, next, decrypts }: MaterialSpineProps) {
  if (segments.length === 0) return null
  const first = segments[0]?.from ?? now
  const span = Math.max(1, (next ?? now) - first)
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
              <p className="pe-2 pt-1 font-mono text-label text-text">{material.id.slice(0, 8)}</p>
              <p className="pe-2 text-label text-text3">
                {material.from === undefined ? 'waits' : day(material.from)}
              </p>
              {uses !== undefined && <p className="pe-2 text-label text-text2">{count(uses, 'decrypt')}</p>}
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
