import { cn } from './ui/class-names.ts'

const TOOTH = 2
const DEPTH = 1.5

/** Six teeth, each of one of four depths, from the first six hex digits of the key id. */
export function teethOf(keyId: string): number[] {
  const digits = keyId.replace(/^mrk-/, '').slice(0, 6)
  return [...digits].map((digit) => Number.parseInt(digit, 16) >> 2 || 0)
}

/** The blade's lower edge, tooth by tooth, closed along its upper edge. */
function blade(teeth: readonly number[]): string {
  const edge = teeth.map((depth, index) => `V${7 + depth * DEPTH}H${9 + (index + 1) * TOOTH}`).join('')
  return `M7 4.600V7H9${edge}V4.600Z`
}

type KeyGlyphProps = { keyId: string; className?: string }

/** The drawn key that stands before every key's name: two keys with similar names look different at a glance. */
export function KeyGlyph({ keyId, className }: KeyGlyphProps) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 23 14"
      width="23"
      height="14"
      className={cn('mark inline-block shrink-0 text-text2', className)}
    >
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M4.400 1.900a3.900 3.900 0 1 1 0 7.800 3.900 3.900 0 0 1 0-7.800Zm0 2.100a1.800 1.800 0 1 0 0 3.600 1.800 1.800 0 0 0 0-3.600Z"
      />
      <path fill="currentColor" d={blade(teethOf(keyId))} />
    </svg>
  )
}
