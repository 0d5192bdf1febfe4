/** Where a new identity policy begins: reading keys and using one, which is what most who write one want. */
export const STARTING_POLICY = JSON.stringify(
  {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SeeKeys',
        Effect: 'Allow',
        Action: ['kms:ListKeys', 'kms:ListAliases', 'kms:DescribeKey'],
        Resource: '*',
      },
    ],
  },
  null,
  2,
)
