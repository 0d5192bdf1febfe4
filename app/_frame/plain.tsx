import type { ReactNode } from 'react'
import { Flashes } from '#components/ui/flash.tsx'
import { BrandMark } from './brand.tsx'
import { SkipLinks } from './skip-links.tsx'

/** Pages before anyone is signed in, and pages that say what went wrong. */
export function PlainPage({ children, wide }: { children: ReactNode; wide?: boolean }) {
  return (
    <>
      <SkipLinks />
      <header className="flex h-bar items-center gap-[15px] border-b border-line bg-surface px-3.5 text-body font-semibold">
        <BrandMark />
        Keyhouse
      </header>
      <main
        id="content"
        tabIndex={-1}
        className={`mx-auto w-full px-5 pt-10 pb-16 outline-none max-sm:pt-6 ${wide ? 'max-w-[760px]' : 'max-w-[440px]'}`}
      >
        <Flashes />
        {children}
      </main>
    </>
  )
}
