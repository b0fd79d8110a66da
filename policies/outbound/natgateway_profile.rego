# METADATA
# title: NAT gateway profile is out of range
# description: A managed NAT gateway has between 1 and 16 outbound IPs, and an idle timeout between 4 and 120 minutes (4 where it is omitted).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/nat-gateway
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Give values in range.
#   since: 0.1.0
#   catalogue: 523
package aksnetlint.rules["natgateway-profile"]

import data.aksnetlint.lib.outbound

profile := input.resource.properties.networkProfile.natGatewayProfile

base := ["properties", "networkProfile", "natGatewayProfile"]

deny contains {"path": array.concat(base, ["managedOutboundIPProfile", "count"]), "message": message} if {
	number := profile.managedOutboundIPProfile.count
	outbound.outside(number, outbound.nat_managed_ips)
	message := sprintf("managedOutboundIPProfile.count %v is outside %s", [number, outbound.bounds_words(outbound.nat_managed_ips)])
}

deny contains {"path": array.concat(base, ["idleTimeoutInMinutes"]), "message": message} if {
	minutes := profile.idleTimeoutInMinutes
	outbound.outside(minutes, outbound.idle_timeout_minutes)
	message := sprintf("idleTimeoutInMinutes %v is outside %s", [minutes, outbound.bounds_words(outbound.idle_timeout_minutes)])
}
