/** Inputs of IAM's operations on users and their credentials. */
import { oneOf, structure, text } from '../constraints.ts'
import {
  iamTags,
  newPrincipalName,
  page,
  path,
  pathPrefix,
  policyArn,
  principalName,
  tagKeys,
} from './iam-members.ts'
import { queryBoolean } from './members.ts'

/** Without a name the user is whoever asks. */
const ownOrNamed = { UserName: principalName().optional() }

export const CreateUserInput = structure({
  Path: path().optional(),
  UserName: newPrincipalName(),
  PermissionsBoundary: policyArn().optional(),
  Tags: iamTags().optional(),
})
export const GetUserInput = structure(ownOrNamed)
export const ListUsersInput = structure({ PathPrefix: pathPrefix(), ...page() })
export const UpdateUserInput = structure({
  UserName: principalName(),
  NewPath: path().optional(),
  NewUserName: newPrincipalName().optional(),
})
export const TagUserInput = structure({ UserName: principalName(), Tags: iamTags() })
export const UntagUserInput = structure({ UserName: principalName(), TagKeys: tagKeys() })
export const ListOfUserInput = structure({ UserName: principalName(), ...page() })
export const ListOfOwnOrNamedUserInput = structure({ ...ownOrNamed, ...page() })

const accessKeyId = () => text({ min: 16, max: 128, pattern: String.raw`[\w]+` })

export const CreateAccessKeyInput = structure(ownOrNamed)
export const UpdateAccessKeyInput = structure({
  ...ownOrNamed,
  AccessKeyId: accessKeyId(),
  Status: oneOf(['Active', 'Inactive']),
})
export const DeleteAccessKeyInput = structure({ ...ownOrNamed, AccessKeyId: accessKeyId() })
export const GetAccessKeyLastUsedInput = structure({ AccessKeyId: accessKeyId() })

/** What a password must be is said by lib/domain/password-rules.ts. */
const password = () => text({ min: 1, max: 1024, sensitive: true })

export const CreateLoginProfileInput = structure({
  UserName: principalName(),
  Password: password(),
  PasswordResetRequired: queryBoolean().optional(),
})
export const LoginProfileInput = structure({ UserName: principalName() })
export const UpdateLoginProfileInput = structure({
  UserName: principalName(),
  Password: password().optional(),
  PasswordResetRequired: queryBoolean().optional(),
})
export const ChangePasswordInput = structure({ OldPassword: password(), NewPassword: password() })

export const ListServiceSpecificCredentialsInput = structure({
  ...ownOrNamed,
  ServiceName: text({ min: 1, max: 128 }).optional(),
  AllUsers: queryBoolean().optional(),
  ...page(),
})
