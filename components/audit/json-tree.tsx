'use client'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json }

const isBranch = (value: Json): value is readonly Json[] | { readonly [name: string]: Json } =>
  typeof value === 'object' && value !== null

const size = (value: readonly Json[] | object) => {
  const length = Object.keys(value).length
  return Array.isArray(value)
    ? `${length} ${length === 1 ? 'item' : 'items'}`
    : `${length} ${length === 1 ? 'member' : 'members'}`
}

/** JSON as a tree whose branches close. Values are text, whatever is in them. */
export function JsonTree({ name, value, open = true }: { name?: string; value: Json; open?: boolean }) {
  if (!isBranch(value)) {
    return (
      <div className="break-all py-0.5 ps-4 font-mono text-mono">
        {name !== undefined && <span className="text-text2">{name}: </span>}
        {JSON.stringify(value)}
      </div>
    )
  }
  return (
    <details open={open} className="font-mono text-mono">
      <summary className="min-h-6 content-center marker:text-text3">
        {name !== undefined && <span className="text-text2">{name} </span>}
        <span className="font-sans text-label text-text3">{size(value)}</span>
      </summary>
      <div className="ms-1.5 border-s border-line ps-2.5">
        {Object.entries(value).map(([inner, one]) => (
          <JsonTree key={inner} name={inner} value={one} />
        ))}
      </div>
    </details>
  )
}
