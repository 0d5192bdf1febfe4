'use client'

import { type PointerEvent, useId, useState } from 'react'
import { formatNumber } from '#lib/console/format.ts'
import {
  areaPath,
  type Bucket,
  edgePath,
  type Frame,
  highest,
  SERIES,
  SERIES_NAMES,
  type Series,
  scaleTop,
  stepTime,
  stepWords,
  totalOf,
} from './key-use-shape.ts'

const WIDTH = 960
const HEIGHT = 150
const TICKS = 6

const COLOURS: Record<Series, string> = {
  Ok: 'var(--text3)',
  Error: 'var(--brass-mark)',
  Denied: 'var(--vermilion)',
}

/** Error is dotted and denied is hatched: they differ without colour too. */
function Textures({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}Ok`} width="8" height="8" patternUnits="userSpaceOnUse">
        <rect width="8" height="8" fill={COLOURS.Ok} opacity="0.45" />
      </pattern>
      <pattern id={`${id}Error`} width="5" height="5" patternUnits="userSpaceOnUse">
        <rect width="5" height="5" fill={COLOURS.Error} opacity="0.3" />
        <circle cx="2.500" cy="2.500" r="1.300" fill={COLOURS.Error} />
      </pattern>
      <pattern
        id={`${id}Denied`}
        width="5"
        height="5"
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width="5" height="5" fill={COLOURS.Denied} opacity="0.3" />
        <rect width="2" height="5" fill={COLOURS.Denied} />
      </pattern>
    </defs>
  )
}

function Swatch({ id, series }: { id: string; series: Series }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 12 12" className="size-3 shrink-0">
      <rect
        x="0.500"
        y="0.500"
        width="11"
        height="11"
        fill={`url(#${id}${series})`}
        stroke={COLOURS[series]}
      />
    </svg>
  )
}

function Legend({ id, buckets, at }: { id: string; buckets: readonly Bucket[]; at: Bucket | undefined }) {
  return (
    <div className="flex min-h-6 flex-wrap items-center gap-x-4 text-label text-text2">
      {SERIES.map((series) => (
        <span key={series} className="inline-flex items-center gap-1.5">
          <Swatch id={id} series={series} />
          {SERIES_NAMES[series]} {formatNumber(totalOf(buckets, series))}
        </span>
      ))}
      <span aria-hidden="true" className="ms-auto">
        {at ? `${stepTime(at)} UTC: ${stepWords(at)}` : ''}
      </span>
    </div>
  )
}

/** Use of keys over a day: three areas, one on the other. The table says the same in numbers. */
export function KeyUseChart({ buckets, label }: { buckets: readonly Bucket[]; label: string }) {
  const id = useId().replace(/[^A-Za-z0-9]/g, '')
  const [hovered, setHovered] = useState<number>()
  const top = scaleTop(highest(buckets))
  const frame: Frame = { width: WIDTH, height: HEIGHT, top }
  function onMove(event: PointerEvent<SVGSVGElement>) {
    const { left, width } = event.currentTarget.getBoundingClientRect()
    const at = Math.floor(((event.clientX - left) / width) * buckets.length)
    setHovered(Math.min(buckets.length - 1, Math.max(0, at)))
  }
  const at = hovered === undefined ? undefined : buckets[hovered]
  const x = hovered === undefined ? 0 : ((hovered + 0.5) / buckets.length) * WIDTH
  return (
    <figure>
      <Legend id={id} buckets={buckets} at={at} />
      <div className="relative mt-1">
        <span aria-hidden="true" className="absolute start-0 top-0 text-label text-text3">
          {formatNumber(top)}
        </span>
        <svg
          role="img"
          aria-label={label}
          viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
          preserveAspectRatio="none"
          className="block h-36 w-full border-b border-line-strong max-md:h-28"
          onPointerMove={onMove}
          onPointerLeave={() => setHovered(undefined)}
        >
          <Textures id={id} />
          {[0, 0.5].map((part) => (
            <path
              key={part}
              d={`M0 ${part * HEIGHT}H${WIDTH}`}
              stroke="var(--line)"
              vectorEffect="non-scaling-stroke"
            />
          ))}
          {SERIES.map((series) => (
            <g key={series}>
              <path d={areaPath(buckets, series, frame)} fill={`url(#${id}${series})`} />
              <path
                d={edgePath(buckets, series, frame)}
                fill="none"
                stroke={COLOURS[series]}
                strokeWidth="1.500"
                vectorEffect="non-scaling-stroke"
              />
            </g>
          ))}
          {at && <path d={`M${x} 0V${HEIGHT}`} stroke="var(--ink)" vectorEffect="non-scaling-stroke" />}
        </svg>
        <TimeAxis buckets={buckets} />
      </div>
    </figure>
  )
}

function TimeAxis({ buckets }: { buckets: readonly Bucket[] }) {
  const ticks = Array.from({ length: TICKS }, (_, at) => buckets[Math.floor((at * buckets.length) / TICKS)])
  return (
    <div aria-hidden="true" className="relative grid grid-cols-6 pt-0.5 text-label text-text3">
      {ticks.map((bucket, at) => (
        <span key={bucket?.At ?? at}>{bucket && stepTime(bucket)}</span>
      ))}
      <span className="absolute end-0">UTC</span>
    </div>
  )
}
