# METADATA
# title: Auto-approved subscription does not see the private link service
# description: 'A subscription in azure-pls-auto-approval must also be in azure-pls-visibility, unless that is *: Azure refuses the private link service otherwise. Where no visibility is set, only access rights decide who sees it and nothing is approved automatically, which is a warning.'
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/internal-lb
#   - ref: https://cloud-provider-azure.sigs.k8s.io/topics/pls-integration/
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: error
#   targets: [Service]
#   remediation: List the subscription in azure-pls-visibility too, or write * there.
#   since: 0.1.0
#   catalogue: 153
package aksnetlint.rules["pls-auto-approval-not-in-visibility"]

import data.aksnetlint.lib.exposure
import data.aksnetlint.lib.pls
import data.aksnetlint.lib.service

deny contains {
	"path": service.path(approval_key),
	"message": sprintf("%s approves %s automatically, which %s does not list", [service.full(approval_key), concat(", ", missing), service.full(visibility_key)]),
} if {
	pls.wanted(svc)
	count(visible) > 0
	missing := [word | some word in approved; not lower(word) in visible]
	count(missing) > 0
}

deny contains {
	"path": service.path(approval_key),
	"severity": "warning",
	"message": sprintf("%s has no effect: %s names no subscription, so that nothing is approved automatically", [service.full(approval_key), service.full(visibility_key)]),
} if {
	pls.wanted(svc)
	count(visible) == 0
	count(approved) > 0
}

svc := input.resource

approval_key := "azure-pls-auto-approval"

visibility_key := "azure-pls-visibility"

approved := service.words(service.annotation(svc, approval_key)) if {
	readable(approval_key)
	not "*" in visible
}

visible := {lower(word) | some word in service.words(service.annotation(svc, visibility_key))} if {
	readable(visibility_key)
} else := set() if {
	not service.has_annotation(svc, visibility_key)
}

# readable(key): a list separated by blanks, in its final form.
readable(key) if {
	value := service.annotation(svc, key)
	not contains(value, ",")
	not exposure.placeholder(value)
}
