import { describeCrashes } from '#lib/testing/crashes.ts'

describeCrashes(50)
