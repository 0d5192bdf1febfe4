import type { ReactNode } from 'react'
import { cn } from '../ui/class-names.ts'

/** The console's own signs, one a domain noun, drawn on 16 px with a 1.5 stroke. Words stand beside them. */
const DRAWN = {
  key: (
    <path d="M5 5.200a2.800 2.800 0 1 1 0 5.600 2.800 2.800 0 0 1 0-5.600ZM7.800 8H15M12 8v3M14.500 8v2" />
  ),
  alias: <path d="M1.800 4.200h7.700L14.200 8l-4.700 3.800H1.800ZM4.600 8h.1" />,
  grant: (
    <path d="M8 1.800v6.400M5.400 5.700 8 8.300l2.600-2.600M1.800 10.200c2 3.300 10.400 3.300 12.400 0" />
  ),
  policy: <path d="M3.200 1.800h6.600l3 3v9.400H3.200ZM5.700 7h4.600M5.700 9.500h4.600M5.700 12h2.600" />,
  material: <path d="M8 1.500 14 5v6L8 14.500 2 11V5ZM2 5l6 3.500L14 5M8 8.500v6" />,
  rotation: <path d="M13.800 8A5.800 5.800 0 1 1 11.600 3.400M11.800 1.200v2.600H9.200" />,
  replica: <path d="M5.500 5.500h8.700v8.700H5.500ZM10.500 5.500V1.800H1.800v8.700h3.700" />,
  keyStore: (
    <path d="M2 2.200h12v5H2ZM2 8.800h12v5H2ZM4.600 4.700h.1M4.600 11.300h.1M8 4.700h3.500M8 11.300h3.500" />
  ),
  import: <path d="M8 1.500v7.800M4.800 6.300 8 9.500l3.200-3.200M1.800 10.500v3.700h12.400v-3.700" />,
  user: (
    <path d="M8 2a2.900 2.900 0 1 1 0 5.800A2.900 2.900 0 0 1 8 2ZM2.400 14.200c.5-6 10.700-6 11.200 0" />
  ),
  role: (
    <path d="M2.500 2.500c3 1.200 8 1.200 11 0v5c0 3.500-2.500 5.700-5.500 6.500-3-.8-5.500-3-5.500-6.500ZM5.700 6.300h.1M10.200 6.300h.1M6 9.700c1.200.8 2.800.8 4 0" />
  ),
  account: <path d="M1.800 14.200V6L8 1.800 14.200 6v8.200ZM6 14.200v-4h4v4" />,
  event: (
    <path d="M8 1.500v4.300M8 10.200v4.300M8 5.800a2.200 2.200 0 1 1 0 4.400 2.200 2.200 0 0 1 0-4.400Z" />
  ),
  checkpoint: <path d="M8 1.500v13M3 8h10M3 6.300v3.400M13 6.300v3.400" />,
} as const satisfies Record<string, ReactNode>

export type GlyphName = keyof typeof DRAWN

export function Glyph({ name, className }: { name: GlyphName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.500"
      strokeLinecap="square"
      className={cn('mark size-4 shrink-0', className)}
    >
      {DRAWN[name]}
    </svg>
  )
}
