# METADATA
# title: Public Service in a cluster without a public way out
# description: With outboundType userDefinedRouting requests come in through a public load balancer while the answers leave through the firewall, which drops them as it never saw the connection; AKS also makes the public load balancer only for such a Service. With none or block the cluster is meant to be isolated, and a public Service opens it to the internet.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/egress-udr
#   - ref: https://learn.microsoft.com/azure/aks/concepts-network-isolated
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [Service]
#   remediation: Make the Service internal and publish it through the firewall.
#   since: 0.1.0
#   catalogue: 516
package aksnetlint.rules["public-lb-with-udr"]

import data.aksnetlint.lib.outbound
import data.aksnetlint.lib.service

public if {
	service.is_azure_lb(input.resource)
	not service.is_internal(input.resource)
}

type := outbound.type(input.workspace.cluster.resource)

deny contains {"path": ["spec", "type"], "message": "public load balancer in a cluster with outboundType userDefinedRouting: answers leave through the route table's next hop, not the way the requests came"} if {
	public
	type == "userdefinedrouting"
}

deny contains {"path": ["spec", "type"], "message": message, "severity": "error"} if {
	public
	type in {"none", "block"}
	message := sprintf("public load balancer in a cluster with outboundType %s, which is meant to be isolated from the internet", [type])
}
