# METADATA
# title: Load balancer profile is not valid
# description: loadBalancerProfile names one source of outbound addresses, managedOutboundIPs, outboundIPs or outboundIPPrefixes. A managed count lies between 1 and 100, and idleTimeoutInMinutes between 4 and 120 (30 where it is omitted).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-load-balancer-standard
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Keep one source of outbound addresses and values in range.
#   since: 0.1.0
#   catalogue: 520
package aksnetlint.rules["lb-profile-one-of"]

import data.aksnetlint.lib.outbound

profile := input.resource.properties.networkProfile.loadBalancerProfile

base := ["properties", "networkProfile", "loadBalancerProfile"]

deny contains {"path": base, "message": message} if {
	sources := [name | some name in ["managedOutboundIPs", "outboundIPs", "outboundIPPrefixes"]; is_object(profile[name]); count(profile[name]) > 0]
	count(sources) > 1
	message := sprintf("loadBalancerProfile names %v sources of outbound addresses (%s), one is allowed", [count(sources), concat(", ", sources)])
}

deny contains {"path": array.concat(base, ["managedOutboundIPs", "count"]), "message": message} if {
	number := profile.managedOutboundIPs.count
	outbound.outside(number, outbound.lb_managed_ips)
	message := sprintf("managedOutboundIPs.count %v is outside %s", [number, outbound.bounds_words(outbound.lb_managed_ips)])
}

deny contains {"path": array.concat(base, ["idleTimeoutInMinutes"]), "message": message} if {
	minutes := profile.idleTimeoutInMinutes
	outbound.outside(minutes, outbound.idle_timeout_minutes)
	message := sprintf("idleTimeoutInMinutes %v is outside %s", [minutes, outbound.bounds_words(outbound.idle_timeout_minutes)])
}
