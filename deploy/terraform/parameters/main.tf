# Holds values to what a template says of its parameters, so that a plan names what is wrong before anything is
# created. Rules between parameters are CloudFormation's, which looks at them before it creates anything.

variable "template" {
  description = "File of the template."
  type        = string
}

variable "given" {
  description = "Values by parameter."
  type        = map(string)
}

locals {
  declared = jsondecode(file(var.template)).Parameters

  unknown = [for name, value in var.given : "${name}: no parameter of this template" if !contains(keys(local.declared), name)]

  missing = [
    for name, parameter in local.declared : "${name}: is missing. ${parameter.Description}"
    if !contains(keys(parameter), "Default") && !contains(keys(var.given), name)
  ]

  known = { for name, value in var.given : name => local.declared[name] if contains(keys(local.declared), name) }

  # try() lets a bound that a parameter does not have hold; a value that is no number is caught by itself.
  wrong = [
    for name, parameter in local.known : "${parameter.ConstraintDescription}, is \"${var.given[name]}\"" if !alltrue([
      try(contains([for allowed in parameter.AllowedValues : tostring(allowed)], var.given[name]), true),
      can(parameter.AllowedPattern) ? can(regex(parameter.AllowedPattern, var.given[name])) : true,
      length(var.given[name]) <= try(parameter.MaxLength, 4096),
      parameter.Type != "Number" || can(tonumber(var.given[name])),
      try(tonumber(var.given[name]) >= parameter.MinValue, true),
      try(tonumber(var.given[name]) <= parameter.MaxValue, true),
    ])
  ]
}

output "problems" {
  description = "What is wrong, each with the parameter's name; empty when nothing is."
  value       = concat(local.unknown, local.missing, local.wrong)
}
