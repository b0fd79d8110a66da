# METADATA
# title: ipBlock does not select pods or nodes under Cilium
# description: Under the Cilium dataplane an ipBlock never selects the addresses of pods and nodes, not even 0.0.0.0/0. A policy that relies on it for traffic inside the cluster cuts that traffic, while the same policy lets it through with other engines. Blocks that hold no address of a pod or node are fine, and so are those beside a podSelector or namespaceSelector.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/azure-cni-powered-by-cilium
# schemas:
#   - input: schema.kubernetes
# custom:
#   severity: warning
#   targets: [networking.k8s.io/NetworkPolicy]
#   remediation: Add a podSelector or namespaceSelector beside the ipBlock, or use Cilium entities for nodes.
#   since: 0.1.0
#   catalogue: 533
package aksnetlint.rules["cilium-ipblock"]

import data.aksnetlint.lib.cidr
import data.aksnetlint.lib.policy_matrix
import data.aksnetlint.lib.ranges

deny contains {"path": path, "message": message} if {
	policy_matrix.cilium(input.workspace.cluster.resource)
	some direction, key in {"ingress": "from", "egress": "to"}
	some i, rule in input.resource.spec[direction]
	not selects_pods(rule[key])
	some j, peer in rule[key]
	block := peer.ipBlock
	some inside in inside_ranges
	cidr.overlaps(block.cidr, inside.cidr)
	not excepted(block, inside.cidr)
	path := ["spec", direction, i, key, j, "ipBlock", "cidr"]
	message := sprintf("under Cilium ipBlock %s does not select %s", [block.cidr, inside.name])
}

# A block of all addresses is meant for pods as well, whatever their range.
deny contains {"path": path, "message": "under Cilium ipBlock 0.0.0.0/0 selects neither pods nor nodes"} if {
	policy_matrix.cilium(input.workspace.cluster.resource)
	count(inside_ranges) == 0
	some direction, key in {"ingress": "from", "egress": "to"}
	some i, rule in input.resource.spec[direction]
	not selects_pods(rule[key])
	some j, peer in rule[key]
	cidr.canonical(peer.ipBlock.cidr) == "0.0.0.0/0"
	not peer.ipBlock.except
	path := ["spec", direction, i, key, j, "ipBlock", "cidr"]
}

inside_ranges := ranges.inside(input.workspace.cluster)

selects_pods(peers) if {
	some peer in peers
	peer.podSelector
}

selects_pods(peers) if {
	some peer in peers
	peer.namespaceSelector
}

excepted(block, range) if {
	some hole in block.except
	cidr.covers(hole, range)
}
