import { cn } from '#components/ui/class-names.ts'
import type { Rail } from './rail.ts'

type Props = {
  rail: Rail
  height: number
  /** Nothing stands above, or below, that it could go on to. */
  first: boolean
  last: boolean
}

/** A piece of the chain: a line through the row, a node for its event, a bar at a checkpoint, broken where something is wrong. */
export function RailMark({ rail, height, first, last }: Props) {
  const { state, checkpoint, words } = rail
  const middle = height / 2
  const broken = state === 'broken'
  return (
    <>
      <span className="sr-only">{words}</span>
      <svg
        aria-hidden="true"
        width={16}
        height={height}
        viewBox={`0 0 16 ${height}`}
        className={cn('mark mx-auto block', broken ? 'text-vermilion' : 'text-ink')}
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
      >
        <path
          d={`M8 ${first ? middle : 0}V${broken ? middle - 6 : middle}M8 ${broken ? middle + 6 : middle}V${last ? middle : height}`}
          {...((state === 'waiting' || state === 'unknown') && { strokeDasharray: '2 4' })}
        />
        {broken && <path d={`M4 ${middle - 4}l8 8m0 -8l-8 8`} strokeWidth={1.5} />}
        {!broken && checkpoint && <path d={`M2.500 ${middle}h11`} />}
        {!broken && !checkpoint && (
          <circle cx={8} cy={middle} r={2.6} className="fill-canvas" strokeWidth={1.6} />
        )}
      </svg>
    </>
  )
}
