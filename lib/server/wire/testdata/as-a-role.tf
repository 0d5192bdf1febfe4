# A key that Terraform makes in a session of a role that it assumes (terraform-iam.long.test.ts).
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
variable "endpoint" {}
variable "role" {}
provider "aws" {
  region                  = "eu-west-1"
  skip_metadata_api_check = true
  assume_role {
    role_arn     = var.role
    session_name = "terraform"
    duration     = "15m"
    policy       = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["kms:*"], Resource = "*" }] })
  }
  endpoints {
    iam = var.endpoint
    kms = var.endpoint
    sts = var.endpoint
  }
}
data "aws_caller_identity" "me" {}
resource "aws_kms_key" "made" { deletion_window_in_days = 7 }
output "me" { value = data.aws_caller_identity.me.arn }
output "key" { value = aws_kms_key.made.arn }
