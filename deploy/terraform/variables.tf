variable "artifact_bucket" {
  description = "S3 bucket of yours that takes packages and templates."
  type        = string
}

# Parameters of each stack by their names in its template (deploy/README.md); a stack whose variable is not set
# is not there. Names and values are checked by the plan.

variable "pipeline" {
  description = "Parameters of sluice-pipeline."
  type        = map(string)
  default     = null
}

variable "files" {
  description = "Parameters of sluice-files."
  type        = map(string)
  default     = null
}

variable "tweets" {
  description = "Parameters of sluice-tweets."
  type        = map(string)
  default     = null
}

variable "registrations" {
  description = "Parameters of sluice-registrations."
  type        = map(string)
  default     = null
}

variable "windows" {
  description = "Parameters of sluice-windows."
  type        = map(string)
  default     = null
}

variable "fan_out" {
  description = "Parameters of sluice-fan-out."
  type        = map(string)
  default     = null
}

variable "monitoring" {
  description = "Parameters of sluice-monitoring."
  type        = map(string)
  default     = null
}
