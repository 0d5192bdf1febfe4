import Link from 'next/link'
import { shortId } from '#lib/console/format.ts'
import { KeyGlyph } from './key-glyph.tsx'
import { cn } from './ui/class-names.ts'

type KeyNameProps = {
  keyId: string
  /** alias/payments, or nothing where a key has none. */
  alias?: string | undefined
  /** Further aliases. */
  more?: number
  href?: string
  className?: string
}

/** How a key is named everywhere: glyph, first alias, how many more. */
export function KeyName({ keyId, alias, more = 0, href, className }: KeyNameProps) {
  const name = alias ?? (href ? 'No alias' : shortId(keyId))
  const words = cn(
    'min-w-0 truncate',
    !alias && 'text-text2',
    href && 'hover:underline',
    href && alias && 'text-ink hover:text-ink-hover',
  )
  return (
    <span className={cn('inline-flex min-w-0 max-w-full items-center gap-[7px]', className)}>
      <KeyGlyph keyId={keyId} />
      {href ? (
        <Link href={href} className={cn(words, 'font-medium')}>
          {name}
          {!alias && <span className="sr-only">, key {keyId}</span>}
        </Link>
      ) : (
        <span className={words}>{name}</span>
      )}
      {more > 0 && (
        <span className="shrink-0 font-normal text-text2">
          +{more}
          <span className="sr-only"> more aliases</span>
        </span>
      )}
    </span>
  )
}
