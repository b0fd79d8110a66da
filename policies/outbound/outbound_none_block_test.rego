package aksnetlint.rules["outbound-none-block_test"]

import data.aksnetlint.lib.fixture
import data.aksnetlint.rules["outbound-none-block"] as rule

hits(type, properties, pools) := result if {
	doc := fixture.input_for(object.union({"networkProfile": {"outboundType": type}}, properties), pools, {})
	result := {[severity(hit), hit.message] | some hit in rule.deny} with input as doc with data.settings as settings
}

settings := {"as_of": "2026-06-01"}

isolated := {"bootstrapProfile": {"artifactSource": "Cache"}, "apiServerAccessProfile": {"enablePrivateCluster": true}}

test_no_cache if {
	hits("none", {"apiServerAccessProfile": {"enableVnetIntegration": true}}, {"system": {}}) == {["warning", "outboundType none, but bootstrapProfile.artifactSource is not Cache: nodes cannot pull what they need from the internet"]}
}

test_open_api_server if {
	hits("block", {"bootstrapProfile": {"artifactSource": "Cache"}}, {"system": {}}) == {["error", "outboundType block, but the API server is neither private nor integrated into the virtual network: nodes cannot reach it"]}
}

test_windows if {
	hits("none", isolated, {"win": {"osType": "Windows"}}) == {["warning", "pool win is a Windows pool, which outboundType none does not support"]}
}

test_kubenet if {
	properties := object.union(isolated, {"networkProfile": {"networkPlugin": "kubenet"}})
	doc := object.union(fixture.input_for(properties, {"system": {}}, {}), {"resource": {"properties": {"networkProfile": {"outboundType": "block"}}}})
	found := {hit.message | some hit in rule.deny} with input as doc
	found == {"networkPlugin is kubenet, which outboundType block does not support"}
}

test_block_in_own_network if {
	hits("block", isolated, fixture.own_network) == {["error", "outboundType block does not work with a virtual network of your own: pool system names a subnet"]}
}

test_node_public_ip if {
	hits("none", isolated, {"edge": {"enableNodePublicIP": true}}) == {["warning", "pool edge gives its nodes public IPs, which leaves the isolation of outboundType none"]}
}

test_fine if {
	hits("none", isolated, fixture.own_network) == set()
	hits("block", isolated, {"system": {"osType": "Linux"}}) == set()
	hits("loadBalancer", {}, {"system": {}}) == set()
}

severity(hit) := hit.severity

severity(hit) := "error" if not hit.severity
