package aksnetlint.rules["external-traffic-policy_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["external-traffic-policy"] as rule

# messages(annotations, spec): what the rule says of such a Service.
messages(annotations, spec) := {hit.message | some hit in hits(annotations, spec)}

hits(annotations, spec) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
}

# in_cluster(annotations, spec, profile): the hits in a cluster with such a networkProfile.
in_cluster(annotations, spec, profile) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.azure(annotations), spec)
		with input.workspace.cluster as fixture.profile_input(profile)
}

local := {"externalTrafficPolicy": "Local"}

internal := {"azure-load-balancer-internal": "true"}

test_internal_local if {
	some hit in hits(internal, local)
	hit.path == ["spec", "externalTrafficPolicy"]
	hit.message == "internal Service shop/web with externalTrafficPolicy Local cannot be reached from machines in the address range of the cluster that are not its nodes, unless its pods have a range of their own"
	not hit.severity
	some flat in in_cluster(internal, local, {"networkPlugin": "azure"})
	endswith(flat.message, "that are not its nodes")
	count(in_cluster(internal, local, fixture.overlay({}))) == 0
	count(in_cluster(internal, local, {"networkPlugin": "kubenet"})) == 0
}

# dual(sku): a dual-stack cluster whose nodes run this system.
dual(sku) := fixture.input_for({"networkProfile": fixture.overlay({"ipFamilies": ["IPv4", "IPv6"]})}, {"system": {"osSKU": sku}}, {})

in_dual(spec, sku) := deny if {
	deny := rule.deny with input.resource as manifests.shaped(manifests.internal, spec) with input.workspace.cluster as dual(sku)
}

test_dual_stack if {
	some hit in in_dual({}, "AzureLinux")
	hit.message == "Service shop/web needs externalTrafficPolicy Local: the cluster is dual-stack and pool system runs Azure Linux"
	count(in_dual({}, "Ubuntu")) == 0
	count(in_dual(local, "AzureLinux")) == 0
}

test_public if {
	some hit in hits({}, local)
	hit.severity == "note"
	hit.message == "Service shop/web has externalTrafficPolicy Local: only nodes that run one of its pods take traffic, clients keep their address"
	some other in hits({}, {"externalTrafficPolicy": "Cluster"})
	other.message == "Service shop/web has externalTrafficPolicy Cluster: pods see the address of a node, not that of the client"
}

test_silent if {
	count(hits({}, {})) == 0
	count(hits(internal, {})) == 0
	count(hits(internal, object.union(local, {"type": "NodePort"}))) == 0
}
