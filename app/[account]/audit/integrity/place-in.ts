/** A place of the log as somebody types it: 9140, 9,140 or #9,140. Undefined for anything else, or beyond the last. */
export function placeIn(text: string, last: number): number | undefined {
  const digits = text.trim().replace(/^#/, '').replaceAll(',', '')
  if (!/^\d{1,15}$/.test(digits)) return undefined
  const place = Number(digits)
  return place <= last ? place : undefined
}
