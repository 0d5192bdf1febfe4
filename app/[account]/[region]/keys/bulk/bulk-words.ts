import type { BulkDeed } from '#lib/console/bulk.ts'

type Words = {
  /** "Disable" 12 keys. */
  readonly verb: string
  /** "Turn rotation on" has its object in the middle. */
  readonly after?: string
  readonly doing: string
  /** "12 keys are" disabled. */
  readonly done: string
  readonly effect: string
}

export const BULK_WORDS: Record<BulkDeed, Words> = {
  enable: {
    verb: 'Enable',
    doing: 'Enabling…',
    done: 'enabled',
    effect: 'They can be used again at once.',
  },
  disable: {
    verb: 'Disable',
    doing: 'Disabling…',
    done: 'disabled',
    effect:
      'Calls with these keys will fail with DisabledException until you enable them. Nothing is deleted.',
  },
  tag: {
    verb: 'Tag',
    doing: 'Tagging…',
    done: 'tagged',
    effect: 'A key that has a tag of this name gets the new value. Policies may refer to tags.',
  },
  rotationOn: {
    verb: 'Turn rotation on for',
    doing: 'Turning on…',
    done: 'set to rotate every 365 days',
    effect: 'They get new material every 365 days. What was encrypted before can still be decrypted.',
  },
  rotationOff: {
    verb: 'Turn rotation off for',
    doing: 'Turning off…',
    done: 'no longer rotating by schedule',
    effect: 'They keep the material they have. They can still be rotated on demand.',
  },
  scheduleDeletion: {
    verb: 'Schedule deletion of',
    doing: 'Scheduling…',
    done: 'scheduled for deletion',
    effect:
      'They can’t be used from now on. When the waiting period ends they are gone, and so is everything encrypted under them.',
  },
  cancelDeletion: {
    verb: 'Cancel deletion of',
    doing: 'Cancelling…',
    done: 'no longer pending deletion',
    effect: 'They will be disabled. Enable them to use them again.',
  },
}
