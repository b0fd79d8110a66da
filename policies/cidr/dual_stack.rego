# METADATA
# title: Dual-stack settings do not fit together
# description: ipFamilies is [IPv4] or [IPv4, IPv6], in that order; podCidrs and serviceCidrs hold one range for each family in the same order; the IPv6 service range is a /108 or smaller. Dual stack does not work with the network policies azure and calico, with a NAT gateway of SKU Standard, or with virtual nodes. It needs API version 2021-10-01, and Azure CNI Overlay or pod subnets with statically allocated blocks.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/configure-dual-stack
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-overlay
# schemas:
#   - input: schema.arm
# custom:
#   severity: error
#   targets: [Microsoft.ContainerService/managedClusters]
#   remediation: Follow the dual-stack article, families IPv4 then IPv6, one range for each, Azure CNI Overlay, and Cilium if network policies are needed.
#   since: 0.1.0
#   catalogue: 410
package aksnetlint.rules["dual-stack"]

import data.aksnetlint.lib.aks
import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.ranges

profile := input.resource.properties.networkProfile

families := ranges.families(input.resource)

dual if ranges.dual_stack(input.resource)

field(name) := ["properties", "networkProfile", name]

deny contains {"path": field("ipFamilies"), "message": message} if {
	not families in [["ipv4"], ["ipv4", "ipv6"]]
	message := sprintf("ipFamilies [%s] is not supported: it must be [IPv4], or [IPv4, IPv6] in that order", [concat(", ", profile.ipFamilies)])
}

deny contains {"path": field(name), "message": message} if {
	some name in ["podCidrs", "serviceCidrs"]
	list := profile[name]
	count(list) > 0
	count(list) != count(families)
	message := sprintf("%s holds %s for %s (%s)", [name, counted(list, "range", "ranges"), counted(families, "IP family", "IP families"), concat(", ", [words[family] | some family in families])])
}

deny contains {"path": array.concat(field(name), [i]), "message": message} if {
	some name in ["podCidrs", "serviceCidrs"]
	list := profile[name]
	count(list) == count(families)
	some i, range in list
	cidr.valid(range)
	ranges.family(range) != families[i]
	message := sprintf("%s[%v] %s is not an %s range: ranges stand in the order of ipFamilies", [name, i, range, words[families[i]]])
}

deny contains {"path": range.path, "message": message} if {
	some range in ranges.written(input.resource)
	startswith(range.name, "serviceCidr")
	ranges.family(range.cidr) == "ipv6"
	bits := cidr.prefix_length(range.cidr)
	bits < ranges.min_ipv6_service_prefix
	message := sprintf("%s %s is a /%v; the IPv6 service range must be a /%v or smaller", [range.name, range.cidr, bits, ranges.min_ipv6_service_prefix])
}

deny contains {"path": field("networkPolicy"), "message": message} if {
	dual
	engine := policy_matrix.engine(input.resource)
	engine in {"azure", "calico"}
	message := sprintf("networkPolicy %s does not work with dual stack", [engine])
}

deny contains {"path": field("outboundType"), "message": "the managed NAT gateway of SKU Standard does not carry IPv6: dual stack does not work with it"} if {
	dual
	outbound.type(input.resource) == "managednatgateway"
	not outbound.managed_nat_v2(input.resource)
}

deny contains {"path": ["sku", "name"], "resource": id, "message": message} if {
	dual
	outbound.type(input.resource) == "userassignednatgateway"
	some id in outbound.nat_gateways(input)
	gateway := input.deployment.resources[id]
	lower(gateway.sku.name) == "standard"
	message := sprintf("NAT gateway %s of SKU Standard does not carry IPv6: dual stack does not work with it", [aks.name(gateway)])
}

deny contains {"path": ["properties", "addonProfiles", addon], "message": "virtual nodes do not work with dual stack"} if {
	dual
	some addon in outbound.virtual_nodes(input.resource)
}

deny contains {"path": field("ipFamilies"), "message": message, "severity": "warning"} if {
	dual
	version := aks.api_date(input.resource)
	version < "2021-10-01"
	message := sprintf("dual stack needs API version 2021-10-01 or later, this is %s", [input.resource.apiVersion])
}

deny contains {"path": field("ipFamilies"), "message": message, "severity": "warning"} if {
	dual
	mode := aks.mode(input.resource)
	not mode in {"overlay", "pod-subnet-static", "none"}
	message := sprintf("dual stack is documented for Azure CNI Overlay, not for %s", [policy_matrix.mode_words[mode]])
}

words := {"ipv4": "IPv4", "ipv6": "IPv6"}

counted(list, one, _) := sprintf("1 %s", [one]) if count(list) == 1

counted(list, _, many) := sprintf("%v %s", [count(list), many]) if count(list) != 1
