# A thin front: each stack is one resource, the committed CloudFormation template. A plan therefore shows
# stacks, not the resources in them; CloudFormation's change sets show those.

locals {
  root = abspath("${path.module}/../..")

  stacks = {
    pipeline      = { given = var.pipeline, package = "firehose-transform/target/firehose-transform.zip" }
    files         = { given = var.files, package = "functions/files/target/functions-files.zip" }
    tweets        = { given = var.tweets, package = "functions/tweets/target/functions-tweets.zip" }
    registrations = { given = var.registrations, package = "functions/registrations/target/functions-registrations.zip" }
    windows       = { given = var.windows, package = "functions/windows/target/functions-windows.zip" }
    fan-out       = { given = var.fan_out, package = "functions/fan-out/target/functions-fan-out.zip" }
    monitoring    = { given = var.monitoring, package = "" }
  }

  wanted = { for name, stack in local.stacks : name => stack if stack.given != null }

  templates = {
    for name, stack in local.wanted : name =>
    "${local.root}/${name == "monitoring" ? "dashboards" : "deploy"}/templates/sluice-${name}.json"
  }

  packages = { for name, stack in local.wanted : name => "${local.root}/${stack.package}" if stack.package != "" }
  sums     = { for name, package in local.packages : name => filesha256(package) }

  # What follows from the package; Release makes a published version follow code and settings.
  own = {
    for name, sum in local.sums : name => {
      ArtifactBucket = var.artifact_bucket
      ArtifactKey    = "sluice/${name}/${sum}.zip"
      Release        = substr(sha256(jsonencode([sum, local.wanted[name].given])), 0, 16)
    }
  }

  parameters = { for name, stack in local.wanted : name => merge(try(local.own[name], {}), stack.given) }
}

data "aws_s3_bucket" "artifacts" {
  bucket = var.artifact_bucket
}

module "parameters" {
  source   = "./parameters"
  for_each = local.parameters

  template = local.templates[each.key]
  given    = each.value
}

resource "aws_s3_object" "package" {
  for_each = local.packages

  bucket = var.artifact_bucket
  key    = local.own[each.key].ArtifactKey
  source = each.value

  lifecycle {
    precondition {
      condition     = length(module.parameters[each.key].problems) == 0
      error_message = join("\n", concat(["Parameters of ${each.key}:"], module.parameters[each.key].problems))
    }
  }
}

resource "aws_s3_object" "template" {
  for_each = local.templates

  bucket = var.artifact_bucket
  key    = "sluice/templates/${each.key}-${filesha256(each.value)}.json"
  source = each.value

  lifecycle {
    precondition {
      condition     = length(module.parameters[each.key].problems) == 0
      error_message = join("\n", concat(["Parameters of ${each.key}:"], module.parameters[each.key].problems))
    }
  }
}

resource "aws_cloudformation_stack" "stack" {
  for_each = local.parameters

  name         = "sluice-${each.key}"
  template_url = "https://${data.aws_s3_bucket.artifacts.bucket_regional_domain_name}/${aws_s3_object.template[each.key].key}"
  parameters   = each.value
  capabilities = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
  depends_on   = [aws_s3_object.package]

  timeouts {
    create = "60m"
    update = "60m"
    delete = "60m"
  }
}

# Goes before its stack: CloudFormation removes no bucket that holds anything.
resource "terraform_data" "emptied" {
  for_each = aws_cloudformation_stack.stack

  input = {
    script = "${local.root}/deploy/empty-stack"
    stack  = each.value.name
  }

  provisioner "local-exec" {
    when    = destroy
    command = "${self.input.script} ${self.input.stack}"
  }
}
