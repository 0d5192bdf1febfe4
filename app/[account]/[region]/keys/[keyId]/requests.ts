/** What the forms of a key send, written once: the action sends it, and Show as code shows it. */

type OfKey = { readonly key: string }

export const ofKey = ({ key }: OfKey) => ({ KeyId: key })

export const described = ({ key, description }: OfKey & { description: string }) => ({
  KeyId: key,
  Description: description,
})

export const rotated = ({ key, days }: OfKey & { days: number }) => ({
  KeyId: key,
  RotationPeriodInDays: days,
})

export const tagged = ({ key, name, value }: OfKey & { name: string; value: string }) => ({
  KeyId: key,
  Tags: [{ TagKey: name, TagValue: value }],
})

export const untagged = ({ key, name }: OfKey & { name: string }) => ({ KeyId: key, TagKeys: [name] })

export const ledFrom = ({ key, primary }: OfKey & { primary: string }) => ({
  KeyId: key,
  PrimaryRegion: primary,
})

type Scheduled = OfKey & { readonly days: number; readonly reason?: string | undefined }

export const scheduled = ({ key, days, reason }: Scheduled) => ({
  KeyId: key,
  PendingWindowInDays: days,
  ...(reason && { Reason: reason }),
})

export const watched = ({ key, days }: OfKey & { days: number }) => ({ KeyId: key, Days: days })

type Budgeted = OfKey & { readonly period: 'day' | 'month' }

export const budgeted = ({ key, period, most }: Budgeted & { most: number }) => ({
  KeyId: key,
  Period: period,
  Most: most,
})

export const unbudgeted = ({ key, period }: Budgeted) => ({ KeyId: key, Period: period })

export const withoutMaterial = ({ key, material }: OfKey & { material?: string | undefined }) => ({
  KeyId: key,
  ...(material && { KeyMaterialId: material }),
})
