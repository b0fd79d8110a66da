package aksnetlint.rules["public-static-ip-on-internal-service_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.lib.manifests
import data.aksnetlint.rules["public-static-ip-on-internal-service"] as rule

service(ip) := manifests.shaped(manifests.internal, {"loadBalancerIP": ip})

# cluster: its network has a public range.
cluster := fixture.input_for({}, {"system": {"vnetSubnetID": fixture.nodes_id}}, {fixture.vnet_id: {
	"id": fixture.vnet_id,
	"type": "Microsoft.Network/virtualNetworks",
	"properties": {"addressSpace": {"addressPrefixes": ["198.51.100.0/24"]}},
}})

test_network_unknown if {
	some hit in rule.deny with input as {"resource": service("20.1.2.3")}
	hit.message == "spec.loadBalancerIP asks for 20.1.2.3, which is no private address, but Service shop/web is internal and takes an address of its subnet"
	not hit.severity
}

test_outside if {
	some hit in rule.deny with input as {"resource": service("20.1.2.3"), "workspace": {"cluster": cluster}}
	hit.severity == "error"
	endswith(hit.message, "not in its virtual network (198.51.100.0/24)")
}

test_silent if {
	count(rule.deny) == 0 with input as {"resource": service("198.51.100.7"), "workspace": {"cluster": cluster}}
	count(rule.deny) == 0 with input as {"resource": service("10.1.2.3")}
	count(rule.deny) == 0 with input as {"resource": service("<ip>")}
	count(rule.deny) == 0 with input as {"resource": manifests.shaped({}, {"loadBalancerIP": "20.1.2.3"})}
}
