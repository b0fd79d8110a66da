package aksnetlint.rules["no-nodeports_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["no-nodeports"] as rule

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

none := {"allocateLoadBalancerNodePorts": false}

local := object.union(none, {"externalTrafficPolicy": "Local"})

floating := {"azure-disable-load-balancer-floating-ip": "true"}

two := {"ports": [{"name": "a", "port": 80}, {"name": "b", "port": 443}]}

test_without_floating_ip if every spec in [none, local] {
	some hit in hits(floating, spec)
	hit.path == ["spec", "allocateLoadBalancerNodePorts"]
	hit.message == "port 80 has no node port, and without floating IP the load balancer sends traffic there: none arrives"
	not hit.severity
}

test_probe if {
	some hit in hits({}, object.union(none, two))
	hit.severity == "warning"
	hit.message == "ports 80, 443 have no node port, which the health probe asks with externalTrafficPolicy Cluster unless the cluster uses the shared probe: no traffic arrives"
}

test_probe_in_cluster if {
	some hit in in_cluster({}, none, {})
	hit.severity == "error"
	hit.message == "port 80 has no node port, which the health probe asks with externalTrafficPolicy Cluster: no traffic arrives"
	count(in_cluster({}, none, {"loadBalancerProfile": {"clusterServiceLoadBalancerHealthProbeMode": "Shared"}})) == 0
}

test_silent if {
	count(hits({}, {})) == 0
	count(hits({}, local)) == 0
	count(hits({}, {"allocateLoadBalancerNodePorts": true})) == 0
	count(hits(floating, object.union(none, {"ports": [{"port": 80, "nodePort": 30080}]}))) == 0
	count(hits({}, object.union(none, {"ports": [{"port": 80, "nodePort": 30080}]}))) == 0
	count(hits({}, object.union(none, {"ports": [{"port": 53, "protocol": "UDP"}]}))) == 0
	count(hits({"port_80_health-probe_port": "10256"}, none)) == 0
	count(hits(floating, object.union(none, {"loadBalancerClass": "x"}))) == 0
}
