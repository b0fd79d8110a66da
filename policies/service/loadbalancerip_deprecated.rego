# METADATA
# title: spec.loadBalancerIP is deprecated
# description: Kubernetes deprecated spec.loadBalancerIP in 1.24, as it has no meaning for dual stack. The Azure cloud controller still reads it, for its own family only, and prefers the annotations azure-load-balancer-ipv4 and azure-load-balancer-ipv6. A note, and a warning where the field is ignored or covers only one of two families.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/static-ip
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: note
#   targets: [Service]
#   remediation: Write the address in service.beta.kubernetes.io/azure-load-balancer-ipv4 or -ipv6 and remove the field.
#   since: 0.1.0
#   catalogue: 112
package aksnetlint.rules["loadbalancerip-deprecated"]

import data.aksnetlint.lib.service

deny contains object.union({"path": ["spec", "loadBalancerIP"]}, verdict) if {
	service.is_azure_lb(svc)
	ip := svc.spec.loadBalancerIP
	is_string(ip)
	ip != ""
	verdict := judge(ip)
}

svc := input.resource

judge(ip) := {
	"severity": "warning",
	"message": sprintf("spec.loadBalancerIP %s is ignored: the annotation %s asks for %s", [ip, chosen.key, chosen.ip]),
} if {
	chosen := service.static_ip(svc, service.family(ip))
	chosen.ip != ip
} else := {
	"severity": "warning",
	"message": sprintf("spec.loadBalancerIP %s is for %s alone, and Service %s is dual-stack", [ip, service.family(ip), service.name(svc)]),
} if {
	service.dual_stack(svc)
} else := object.union({"message": sprintf("spec.loadBalancerIP is deprecated; write %s in an annotation", [ip])}, fix(ip))

keys := {family: key | some key, family in service.address_keys}

fix(ip) := {"fix": [
	{"op": "remove", "path": "/spec/loadBalancerIP"},
	{"op": "add", "path": service.pointer(keys[service.family(ip)]), "value": ip},
]} if {
	is_object(svc.metadata.annotations)
} else := {}
