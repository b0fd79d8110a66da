package aksnetlint.rules["kubenet-unsupported-combo_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["kubenet-unsupported-combo"] as rule

hits(properties, pools, others) := hits_with(properties, pools, others, {"as_of": "2026-06-01"})

hits_with(properties, pools, others, settings) := {sprintf("%s: %s", [object.get(hit, "severity", "default"), hit.message]) |
	doc := object.union(fixture.input_for(properties, pools, others), {"resource": {"identity": identity(properties)}})
	some hit in rule.deny with input as doc with data.settings as settings
}

identity(properties) := properties.identity

identity(properties) := {} if not properties.identity

kubenet := {"networkProfile": {"networkPlugin": "kubenet"}}

table := "/rg/microsoft.network/routetables/rt"

net(nodes) := fixture.vnet("10.1.0.0/16", {"nodes": nodes})

test_features if {
	hits(kubenet, {"win": {"osType": "Windows"}}, {}) == {"default: pool win is a Windows pool, which kubenet does not support"}
	hits(object.union(kubenet, {"addonProfiles": {"aciConnectorLinux": {"enabled": true}}}), {}, {}) == {"default: virtual nodes (aciConnectorLinux) need Azure CNI, networkPlugin is kubenet"}
	hits(object.union(kubenet, {"nodeProvisioningProfile": {"mode": "Auto"}}), {}, {}) == {"default: node auto-provisioning does not work with kubenet"}
	hits(object.union(kubenet, {"ingressProfile": {"applicationLoadBalancer": {"enabled": true}}}), {}, {}) == {"default: Application Gateway for Containers does not work with kubenet"}
}

test_private_with_own_dns if {
	private := object.union(kubenet, {"apiServerAccessProfile": {"enablePrivateCluster": true}})
	subnets := net({"routeTable": {"id": table}})
	own_dns := object.union(subnets, {fixture.vnet_id: {"properties": {"dhcpOptions": {"dnsServers": ["10.1.0.4"]}}}})
	hits(private, fixture.own_network, own_dns) == {"warning: a private kubenet cluster with route table rt and DNS servers of its own does not come up until the table is attached by hand"}
	hits(private, fixture.own_network, subnets) == set()
}

test_fine if {
	hits(kubenet, {"linux": {"osType": "Linux"}}, {}) == set()
	hits(object.union(kubenet, {"addonProfiles": {"aciConnectorLinux": {"enabled": false}}, "nodeProvisioningProfile": {"mode": "Manual"}}), {}, {}) == set()
	hits({"networkProfile": {"networkPlugin": "azure"}}, {"win": {"osType": "Windows"}}, {}) == set()
}
