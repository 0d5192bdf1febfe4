const style =
  'fixed start-3 top-2 z-50 -translate-y-16 rounded-control border border-ink bg-surface px-3 py-1.5 text-table font-medium text-ink focus-visible:translate-y-0'

/** The first stops of the Tab key: past the bar and the sections. */
export function SkipLinks() {
  return (
    <nav aria-label="Skip" className="no-print">
      <a href="#content" className={style}>
        Skip to content
      </a>
    </nav>
  )
}
