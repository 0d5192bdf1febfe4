import Link from 'next/link'
import { paths, type Scope } from '#lib/console/paths.ts'

/** The house's own key: its teeth never change. */
export function BrandMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 23 14" width="23" height="14" className="mark shrink-0 text-ink">
      <path
        fill="currentColor"
        fillRule="evenodd"
        d="M4.400 2.900a3.900 3.900 0 0 1 3.700 2.700H21.500V11h-2.200V8.800h-1.800v2.700h-2.200V8.800h-1.600v1.400h-2.200V8.100h-3.400A3.900 3.900 0 1 1 4.400 2.900Zm0 2.200a1.700 1.700 0 1 0 0 3.400 1.700 1.700 0 0 0 0-3.400Z"
      />
    </svg>
  )
}

export function Brand({ scope }: { scope?: Scope }) {
  const content = (
    <>
      <BrandMark />
      <span className="max-md:sr-only">Keyhouse</span>
    </>
  )
  const style = 'inline-flex min-h-8 items-center gap-[15px] text-body font-semibold text-text'
  if (!scope) return <span className={style}>{content}</span>
  return (
    <Link href={paths.keys(scope)} className={style}>
      {content}
    </Link>
  )
}
